/* Thousands of live pages in one process: reads websocket frames, counts them, and checks that entries come once, in
 * order, none missing. It is told what to do by lines on standard input and answers with one line of JSON each:
 *
 *   join BASE LIMIT     open every connection, LIMIT handshakes at a time; BASE is the last entry they know
 *   expect COUNT        the next COUNT entries are awaited by all; says "ready", then "done" once all have them
 *   report              says at once what "done" would say
 *   slow SHARE RATE     SHARE of 1000 connections read RATE bytes a second from now on; 0 lets them read freely again
 *   churn SHARE AWAY    SHARE of 1000 leave now and then, and come back after AWAY ms with since=
 *   quit
 *
 * Arguments: the file that names every connection, "PORT PATH COOKIE" a line, and 1 when a hello frame is awaited.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum state { AWAY, CONNECTING, SHAKING, GREETING, OPEN };
enum kind { STEADY, SLOW, CHURNING, SPARED }; /* spared: was slow or left; no measure of the others */

struct client {
    int fd, port, has_been_in, is_fresh; /* fresh: sent to a snapshot, the next entry may be any later one */
    enum state state;
    enum kind kind;
    uint64_t last, due, begun;
    char *path, *cookie;
    unsigned char *rest;
    size_t left;
};

static struct client *clients;
static int count, greets, events = -1, opening, joined, limit = 64, next_to_join, is_joining, slow_rate, away_ms;
static uint64_t base, goal, join_began, *first_at, *last_at, *join_took;
static uint64_t deliveries, missed, twice, snapshots, closed, refused, returned, finished, is_awaited;
static unsigned char shared[1 << 18];
static char sample[1 << 14] = "null";

static uint64_t now(void) {
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return (uint64_t)at.tv_sec * 1000000000ull + at.tv_nsec;
}

static double spent(void) {
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    return used.ru_utime.tv_sec + used.ru_stime.tv_sec + (used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

static void die(const char *what) { perror(what); exit(1); }

static void watch(struct client *c, uint32_t what, int how) {
    struct epoll_event event = {.events = what, .data.ptr = c};
    if (epoll_ctl(events, how, c->fd, &event)) die("epoll_ctl");
}

static void leave(struct client *c, uint64_t due) {
    if (c->state != AWAY && c->state != OPEN) opening--;
    close(c->fd);
    c->state = AWAY, c->left = 0, c->due = due;
}

static void come(struct client *c, uint64_t at) {
    struct sockaddr_in where = {.sin_family = AF_INET, .sin_port = htons(c->port)};
    where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if ((c->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0)) < 0) die("socket");
    int one = 1, small = 4096;
    setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (c->kind == SLOW) setsockopt(c->fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
    c->state = CONNECTING, c->begun = at, opening++;
    if (connect(c->fd, (struct sockaddr *)&where, sizeof where) && errno != EINPROGRESS) {
        leave(c, at + 500000000ull);
        return;
    }
    watch(c, EPOLLOUT, EPOLL_CTL_ADD);
}

static void shake(struct client *c) {
    char ask[2048];
    int size = snprintf(ask, sizeof ask,
        "GET %s%csince=%llu HTTP/1.1\r\nHost: localhost:%d\r\nOrigin: http://localhost:%d\r\nUpgrade: websocket\r\n"
        "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n%s%s%s\r\n",
        c->path, strchr(c->path, '?') ? '&' : '?', (unsigned long long)c->last, c->port, c->port,
        *c->cookie ? "Cookie: " : "", c->cookie, *c->cookie ? "\r\n" : "");
    if (send(c->fd, ask, size, MSG_NOSIGNAL) != size) { leave(c, now() + 500000000ull); return; }
    c->state = SHAKING;
    watch(c, EPOLLIN, EPOLL_CTL_MOD);
}

static void is_in(struct client *c, uint64_t at) {
    opening--;
    c->state = OPEN;
    if (c->kind == SLOW) watch(c, 0, EPOLL_CTL_MOD);
    if (c->kind == CHURNING) c->due = at + (uint64_t)(4 * away_ms + rand() % (4 * away_ms)) * 1000000ull;
    if (c->has_been_in) { returned++; return; }
    c->has_been_in = 1;
    join_took[joined++] = at - c->begun;
}

static uint64_t number_after(const unsigned char *text, size_t size, const char *name) {
    size_t within = size < 96 ? size : 96, length = strlen(name);
    unsigned char *found = memmem(text, within, name, length);
    if (!found) return 0;
    found += length;
    while (found < text + size && *found == ' ') found++;
    uint64_t number = 0;
    while (found < text + size && *found >= '0' && *found <= '9') number = number * 10 + (*found++ - '0');
    return number;
}

static void advance(struct client *c, uint64_t seq) {
    if (is_awaited && c->last < goal && seq >= goal) finished++;
    c->last = seq;
}

static void read_text(struct client *c, const unsigned char *text, size_t size, uint64_t at) {
    unsigned char *type = memmem(text, size < 32 ? size : 32, "\"type\":", 7);
    if (!type) return;
    type += 7;
    if (*type == ' ') type++;
    uint64_t seq = number_after(text, size, "\"seq\":");
    switch (type[1]) {
    case 'h':
        if (c->state == GREETING) is_in(c, at);
        break;
    case 's':
        snapshots++;
        c->is_fresh = 1;
        if (seq > c->last) advance(c, seq);
        break;
    case 'e':
        deliveries++;
        if (*sample == 'n' && size < sizeof sample) memcpy(sample, text, size), sample[size] = 0;
        if (seq <= c->last) { twice++; break; }
        if (seq > c->last + 1 && !c->is_fresh) missed += seq - c->last - 1;
        c->is_fresh = 0;
        if (c->kind == STEADY && seq > base && seq <= goal) {
            last_at[seq - base - 1] = at;
            if (!first_at[seq - base - 1]) first_at[seq - base - 1] = at;
        }
        advance(c, seq);
    }
}

static void answer_ping(struct client *c, const unsigned char *body, size_t size) {
    unsigned char pong[6 + 125] = {0x8a, 0x80 | size};
    if (size > 125) return;
    memcpy(pong + 6, body, size);
    if (send(c->fd, pong, 6 + size, MSG_NOSIGNAL) < 0) return;
}

/* Reads whole frames; returns how many bytes they had, or -1 when the server has closed. */
static ssize_t read_frames(struct client *c, unsigned char *bytes, size_t size, uint64_t at) {
    size_t place = 0;
    if (c->state == SHAKING) {
        unsigned char *end = memmem(bytes, size, "\r\n\r\n", 4);
        if (!end) return 0;
        if (memcmp(bytes, "HTTP/1.1 101", 12)) { refused++; return -1; }
        place = end + 4 - bytes;
        c->state = GREETING;
        if (!greets) is_in(c, at);
    }
    while (size - place >= 2) {
        unsigned char *frame = bytes + place;
        size_t head = 2, length = frame[1] & 0x7f;
        if (length == 126) head = 4; else if (length == 127) head = 10;
        if (size - place < head) break;
        if (head == 4) length = frame[2] << 8 | frame[3];
        if (head == 10) { length = 0; for (int i = 2; i < 10; i++) length = length << 8 | frame[i]; }
        if (size - place < head + length) break;
        int what = frame[0] & 0x0f;
        if (what == 1) read_text(c, frame + head, length, at);
        else if (what == 9) answer_ping(c, frame + head, length);
        else if (what == 8) return -1;
        place += head + length;
    }
    return place;
}

static int take(struct client *c, size_t most) {
    memcpy(shared, c->rest, c->left);
    if (most > sizeof shared - c->left) most = sizeof shared - c->left;
    ssize_t got = recv(c->fd, shared + c->left, most, 0);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return 0;
    uint64_t at = now();
    size_t have = c->left + (got > 0 ? got : 0);
    ssize_t used = got > 0 ? read_frames(c, shared, have, at) : -1;
    if (used < 0) {
        closed++;
        leave(c, at + 200000000ull + (uint64_t)(rand() % 600) * 1000000ull);
        return -1;
    }
    c->left = have - used;
    if (c->left) {
        if (c->left == sizeof shared) { fprintf(stderr, "a frame too large\n"); exit(1); }
        c->rest = realloc(c->rest, c->left);
        memcpy(c->rest, shared + used, c->left);
    }
    return got;
}

static void say_times(const char *name, const uint64_t *times) {
    printf("\"%s\":[", name);
    for (uint64_t i = 0; i < goal - base; i++) printf("%s%llu", i ? "," : "", (unsigned long long)times[i]);
    printf("],");
}

static void say_report(const char *word) {
    uint64_t lowest = UINT64_MAX;
    int open_now = 0;
    for (int i = 0; i < count; i++) {
        open_now += clients[i].state == OPEN;
        if (clients[i].last < lowest) lowest = clients[i].last;
    }
    printf("{\"event\":\"%s\",\"deliveries\":%llu,\"missed\":%llu,\"twice\":%llu,\"snapshots\":%llu,\"closed\":%llu,"
        "\"refused\":%llu,\"returned\":%llu,\"finished\":%llu,\"open\":%d,\"lowest\":%llu,\"spent\":%.6f,",
        word, (unsigned long long)deliveries, (unsigned long long)missed, (unsigned long long)twice,
        (unsigned long long)snapshots, (unsigned long long)closed, (unsigned long long)refused,
        (unsigned long long)returned, (unsigned long long)finished, open_now, (unsigned long long)lowest, spent());
    say_times("first", first_at);
    say_times("last", last_at);
    printf("\"sample\":%s}\n", sample);
    fflush(stdout);
}

static int longer(const void *a, const void *b) {
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

static void say_joined(void) {
    double seconds = (now() - join_began) / 1e9;
    qsort(join_took, joined, sizeof *join_took, longer);
    printf("{\"event\":\"joined\",\"joined\":%d,\"seconds\":%.6f,\"median\":%.6f,\"refused\":%llu}\n", joined, seconds,
        joined ? join_took[joined / 2] / 1e9 : 0, (unsigned long long)refused);
    fflush(stdout);
}

static void obey(char *line) {
    char word[32] = "";
    long long one = 0, two = 0;
    sscanf(line, "%31s %lld %lld", word, &one, &two);
    if (!strcmp(word, "join")) {
        for (int i = 0; i < count; i++) clients[i].last = one;
        base = goal = one, limit = two, is_joining = 1, join_began = now();
    } else if (!strcmp(word, "expect")) {
        base = goal, goal = base + one;
        deliveries = missed = twice = snapshots = closed = refused = returned = finished = 0;
        free(first_at), free(last_at);
        first_at = calloc(one + 1, sizeof *first_at), last_at = calloc(one + 1, sizeof *last_at);
        is_awaited = 1;
        printf("{\"event\":\"ready\",\"spent\":%.6f}\n", spent());
        fflush(stdout);
    } else if (!strcmp(word, "report")) {
        say_report("report");
    } else if (!strcmp(word, "slow")) {
        slow_rate = two;
        for (int i = 0; i < count; i++) {
            struct client *c = &clients[i];
            if (two && i * 7919ll % 1000 < one) {
                int small = 4096;
                c->kind = SLOW;
                setsockopt(c->fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
                if (c->state == OPEN) watch(c, 0, EPOLL_CTL_MOD);
            } else if (!two && c->kind == SLOW) {
                c->kind = SPARED;
                if (c->state == OPEN) watch(c, EPOLLIN, EPOLL_CTL_MOD);
            }
        }
    } else if (!strcmp(word, "churn")) {
        away_ms = two ? two : away_ms;
        uint64_t at = now();
        for (int i = 0; i < count; i++) {
            struct client *c = &clients[i];
            if (two && i * 7919ll % 1000 >= 1000 - one) {
                c->kind = CHURNING;
                c->due = at + (uint64_t)(rand() % (4 * away_ms)) * 1000000ull;
            } else if (!two && c->kind == CHURNING) {
                c->kind = SPARED;
            }
        }
    } else if (!strcmp(word, "quit")) {
        exit(0);
    }
}

static void look_after(uint64_t at, uint64_t since) {
    static double credit;
    if (slow_rate) credit += slow_rate * (at - since) / 1e9;
    size_t bite = credit >= 256 ? (size_t)credit : 0;
    if (bite) credit = 0;
    for (int i = 0; i < count; i++) {
        struct client *c = &clients[i];
        if (!c->has_been_in) {
            if (c->state == AWAY && c->begun && at > c->due && opening < limit) come(c, at); /* was not let in */
            continue;
        }
        if (c->state == AWAY && at >= c->due && opening < limit) come(c, at);
        else if (c->state == OPEN && c->kind == SLOW && bite) take(c, bite);
        else if (c->state == OPEN && c->kind == CHURNING && at >= c->due) {
            leave(c, at + (uint64_t)away_ms * 1000000ull);
        }
    }
}

static void load(const char *name) {
    char line[4096], path[1024], cookie[2048];
    FILE *file = fopen(name, "r");
    if (!file) die(name);
    while (fgets(line, sizeof line, file)) {
        int port;
        cookie[0] = 0;
        if (sscanf(line, "%d %1023s %2047[^\n]", &port, path, cookie) < 2) continue;
        clients = realloc(clients, (count + 1) * sizeof *clients);
        clients[count++] = (struct client){.port = port, .path = strdup(path), .cookie = strdup(cookie)};
    }
    fclose(file);
    join_took = calloc(count + 1, sizeof *join_took);
}

int main(int argc, char **argv) {
    if (argc < 3) return 2;
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    load(argv[1]);
    greets = atoi(argv[2]);
    events = epoll_create1(0);
    struct epoll_event ready[512], input = {.events = EPOLLIN, .data.ptr = NULL};
    epoll_ctl(events, EPOLL_CTL_ADD, 0, &input);
    fcntl(0, F_SETFL, O_NONBLOCK);
    char lines[4096];
    size_t have = 0;
    uint64_t looked = now();
    for (;;) {
        while (is_joining && next_to_join < count && opening < limit) come(&clients[next_to_join++], now());
        if (is_joining && joined == count) { is_joining = 0; say_joined(); }
        int found = epoll_wait(events, ready, 512, 10);
        for (int i = 0; i < found; i++) {
            struct client *c = ready[i].data.ptr;
            if (!c) {
                ssize_t got = read(0, lines + have, sizeof lines - have - 1);
                if (got == 0) return 0;
                if (got < 0) continue;
                have += got;
                lines[have] = 0;
                char *end;
                while ((end = strchr(lines, '\n'))) {
                    *end = 0;
                    obey(lines);
                    have -= end + 1 - lines;
                    memmove(lines, end + 1, have + 1);
                }
            } else if (c->state == CONNECTING) {
                if (ready[i].events & (EPOLLERR | EPOLLHUP)) { closed++; leave(c, now() + 500000000ull); }
                else shake(c);
            } else if (c->state != AWAY) {
                if (c->state == OPEN && c->kind == SLOW && !(ready[i].events & (EPOLLERR | EPOLLHUP))) continue;
                take(c, sizeof shared);
            }
        }
        uint64_t at = now();
        if (at - looked > 10000000ull) { look_after(at, looked); looked = at; }
        if (is_awaited && finished == (uint64_t)count) { is_awaited = 0; say_report("done"); }
    }
}
