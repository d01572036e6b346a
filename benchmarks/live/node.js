// The same live page under node: every socket gets every event.
//
// node node.js PORT WAY, where WAY is
//   ws        the package `ws`: client.send(text) for each client
//   plain     no package: a frame made for each client and written, as `ws` does
//   prebuilt  no package: one frame made, written to each client
//
// POST /publish?first=F&count=C with a text that holds %SEQ% publishes; the answer names when each event was.
"use strict";
const crypto = require("node:crypto");
const http = require("node:http");

const [port, way] = [Number(process.argv[2]), process.argv[3]];
const sockets = new Set();
const server = http.createServer(answer);

function frame(payload) {
  const long = payload.length > 125;
  const head = Buffer.allocUnsafe(long ? 4 : 2);
  head[0] = 0x81;
  head[1] = long ? 126 : payload.length;
  if (long) head.writeUInt16BE(payload.length, 2);
  return head;
}

const senders = {
  ws(text) {
    for (const client of sockets) client.send(text);
  },
  plain(text) {
    for (const socket of sockets) {
      const payload = Buffer.from(text);
      socket.cork();
      socket.write(frame(payload));
      socket.write(payload);
      socket.uncork();
    }
  },
  prebuilt(text) {
    const payload = Buffer.from(text);
    const whole = Buffer.concat([frame(payload), payload]);
    for (const socket of sockets) socket.write(whole);
  },
};

function answer(request, response) {
  const asked = new URL(request.url, "http://localhost").searchParams;
  const parts = [];
  request.on("data", (part) => parts.push(part));
  request.on("end", async () => {
    const text = Buffer.concat(parts).toString();
    const [first, count] = [Number(asked.get("first")), Number(asked.get("count"))];
    const times = [];
    for (let number = 0; number < count; number += 1) {
      times.push(String(process.hrtime.bigint()));
      senders[way](text.replace("%SEQ%", String(first + number)));
      await new Promise((next) => setImmediate(next));
    }
    response.end(`[${times}]`);
  });
}

if (way === "ws") {
  const { WebSocketServer } = require("ws");
  new WebSocketServer({ server, perMessageDeflate: false }).on("connection", (client) => {
    sockets.add(client);
    client.on("close", () => sockets.delete(client));
    client.on("error", () => {});
  });
} else {
  server.on("upgrade", (request, socket) => {
    const magic = `${request.headers["sec-websocket-key"]}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
    const accept = crypto.createHash("sha1").update(magic).digest("base64");
    socket.setNoDelay(true);
    socket.write(
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
        `Sec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => {});
    socket.resume();
  });
}
server.listen(port, "127.0.0.1", 4096);
