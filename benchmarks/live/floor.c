/* The floor: accepts connections, and sends each event to every one of them with a bare send() in a loop. It does the
 * least of a websocket server: it answers the handshake with a constant, frames the text once, and reads nothing more.
 *
 * Arguments: the port, and how many bytes of events may be joined into one send (0: each is sent alone). POST /publish?first=F&count=C with a text that holds %SEQ% publishes.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define MOST 20000
static int members[MOST], count, joins;
static char text[1 << 16];

static uint64_t now(void) {
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return (uint64_t)at.tv_sec * 1000000000ull + at.tv_nsec;
}

static void send_all(int fd, const char *bytes, size_t size) {
    while (size) {
        ssize_t sent = send(fd, bytes, size, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent >= 0) { bytes += sent, size -= sent; continue; }
        if (errno != EAGAIN) return;
        struct pollfd full = {.fd = fd, .events = POLLOUT};
        poll(&full, 1, 1000);
    }
}

static void publish(int fd, char *ask) {
    unsigned long long first = 0;
    int events = 0;
    sscanf(ask, "POST /publish?first=%llu&count=%d", &first, &events);
    char *body = strstr(ask, "\r\n\r\n") + 4, *mark = strstr(body, "%SEQ%");
    static char frames[1 << 17], answer[1 << 17];
    int said = 0;
    size_t held = 0;
    for (int i = 0; i < events; i++) {
        uint64_t at = now();
        char *frame = frames + held;
        size_t size = snprintf(frame + 4, 1 << 15, "%.*s%llu%s", (int)(mark - body), body, first + i, mark + 5);
        frame[0] = (char)0x81, frame[1] = 126, frame[2] = size >> 8, frame[3] = size & 0xff;
        held += size + 4;
        if (i == events - 1 || held + size + 4 > (size_t)joins) {
            for (int to = 0; to < count; to++) send_all(members[to], frames, held);
            held = 0;
        }
        said += snprintf(answer + said, sizeof answer - said, "%s%llu", i ? "," : "", (unsigned long long)at);
    }
    char head[128];
    int size = snprintf(head, sizeof head, "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n[", said + 2);
    send_all(fd, head, size);
    send_all(fd, answer, said);
    send_all(fd, "]", 1);
}

int main(int argc, char **argv) {
    if (argc < 2) return 2;
    joins = argc > 2 ? atoi(argv[2]) : 0;
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    struct sockaddr_in where = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[1]))};
    where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int door = socket(AF_INET, SOCK_STREAM, 0), one = 1, events = epoll_create1(0);
    setsockopt(door, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(door, (struct sockaddr *)&where, sizeof where) || listen(door, 4096)) { perror("bind"); return 1; }
    struct epoll_event ready[256], event = {.events = EPOLLIN, .data.fd = door};
    epoll_ctl(events, EPOLL_CTL_ADD, door, &event);
    for (;;) {
        int found = epoll_wait(events, ready, 256, -1);
        for (int i = 0; i < found; i++) {
            int fd = ready[i].data.fd;
            if (fd == door) {
                fd = accept(door, NULL, NULL);
                if (fd < 0) continue;
                setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
                event.data.fd = fd;
                epoll_ctl(events, EPOLL_CTL_ADD, fd, &event);
                continue;
            }
            ssize_t got = recv(fd, text, sizeof text - 1, 0);
            if (got <= 0) {
                for (int at = 0; at < count; at++) if (members[at] == fd) members[at] = members[--count];
                close(fd);
                continue;
            }
            text[got] = 0;
            while (!strncmp(text, "POST", 4) && !strstr(text, "%SEQ%") && got < (ssize_t)sizeof text - 1) {
                ssize_t more = recv(fd, text + got, sizeof text - 1 - got, 0);
                if (more <= 0) break;
                text[got += more] = 0;
            }
            if (!strncmp(text, "POST /publish", 13)) publish(fd, text);
            else if (strstr(text, "Upgrade: websocket") && count < MOST) {
                static const char shaken[] =
                    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";
                send_all(fd, shaken, sizeof shaken - 1);
                members[count++] = fd;
            }
        }
    }
}
