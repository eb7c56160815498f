/*
 * A switch in user space that loses, doubles, delays and reorders what it forwards.
 *
 *   lossyswitch SEED INTERFACE...
 *
 * Commands on standard input, one a line, numbers of interfaces from 1:
 *   q LOSS DUPLICATION REORDERING DELAY_MIN DELAY_MAX   in percent and microseconds
 *   c FROM TO 0|1                                      cuts one direction (1) or mends it (0)
 * Address resolution is cut, but not lost: its retries would take seconds.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define PORTS_MAX 33
#define WAITING_MAX 65536
#define FRAME_MAX 2048

struct frame {
	uint64_t due;
	int to;
	int length;
	unsigned char bytes[FRAME_MAX];
};

static struct frame *heap[WAITING_MAX];
static int waiting;
static int sockets[PORTS_MAX];
static int ports;
static unsigned char addresses[PORTS_MAX][6];
static char cut[PORTS_MAX][PORTS_MAX];
static uint32_t loss, duplication, reordering, delay_min, delay_max;
static uint64_t random_state;

static uint32_t next_random(uint32_t below)
{
	random_state = random_state * 6364136223846793005ull + 1442695040888963407ull;
	return below == 0 ? 0 : (uint32_t)(random_state >> 33) % below;
}

static uint64_t now_micros(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000000ull + now.tv_nsec / 1000;
}

static void swap(int a, int b)
{
	struct frame *kept = heap[a];
	heap[a] = heap[b];
	heap[b] = kept;
}

static void put(struct frame *frame)
{
	int at = waiting++;
	heap[at] = frame;
	while (at > 0 && heap[(at - 1) / 2]->due > heap[at]->due) {
		swap(at, (at - 1) / 2);
		at = (at - 1) / 2;
	}
}

static struct frame *take(void)
{
	struct frame *first = heap[0];
	heap[0] = heap[--waiting];
	for (int at = 0;;) {
		int least = at;
		for (int child = 2 * at + 1; child <= 2 * at + 2; child++) {
			if (child < waiting && heap[child]->due < heap[least]->due) {
				least = child;
			}
		}
		if (least == at) {
			return first;
		}
		swap(at, least);
		at = least;
	}
}

static void forward(int to, const unsigned char *bytes, int length, uint64_t now, int spared)
{
	if (!spared && next_random(10000) < loss * 100) {
		return;
	}
	int copies = !spared && next_random(10000) < duplication * 100 ? 2 : 1;
	for (int i = 0; i < copies && waiting < WAITING_MAX; i++) {
		uint64_t delay = delay_min + next_random(delay_max - delay_min + 1);
		if (!spared && next_random(10000) < reordering * 100) {
			delay += 500 + next_random(4000);
		}
		if (delay == 0 || spared) {
			send(sockets[to], bytes, length, 0);
			continue;
		}
		struct frame *frame = malloc(sizeof(*frame));
		frame->due = now + delay;
		frame->to = to;
		frame->length = length;
		memcpy(frame->bytes, bytes, length);
		put(frame);
	}
}

static void arrived(int from, unsigned char *bytes, int length, uint64_t now)
{
	int is_ip = bytes[12] == 8 && bytes[13] == 0;
	int is_arp = bytes[12] == 8 && bytes[13] == 6;
	if (length < 34 || !(is_ip || is_arp)) {
		return;
	}
	memcpy(addresses[from], bytes + 6, 6);
	int is_further_fragment = is_ip && ((bytes[20] & 31) != 0 || bytes[21] != 0);
	if (is_ip && bytes[14 + 9] == 17 && !is_further_fragment) {
		/* The sender left the checksum to a card that is not there. */
		int at = 14 + (bytes[14] & 15) * 4 + 6;
		bytes[at] = bytes[at + 1] = 0;
	}
	for (int to = 1; to <= ports; to++) {
		int meant = (bytes[0] & 1) || memcmp(addresses[to], bytes, 6) == 0;
		if (to != from && meant && !cut[from][to]) {
			forward(to, bytes, length, now, is_arp);
		}
	}
}

static int command(void)
{
	static char line[4096];
	static int filled;
	int count = read(0, line + filled, sizeof(line) - 1 - filled);
	if (count <= 0) {
		return 0;
	}
	filled += count;
	line[filled] = 0;
	char *at = line;
	for (char *end; (end = strchr(at, '\n')) != NULL; at = end + 1) {
		int from, to, on;
		if (sscanf(at, "c %d %d %d", &from, &to, &on) == 3 && from > 0 && to > 0 && from <= ports && to <= ports) {
			cut[from][to] = on;
		} else {
			sscanf(at, "q %u %u %u %u %u", &loss, &duplication, &reordering, &delay_min, &delay_max);
		}
	}
	filled -= at - line;
	memmove(line, at, filled);
	return 1;
}

int main(int argc, char **argv)
{
	struct pollfd wait[PORTS_MAX];
	if (argc < 3 || argc > PORTS_MAX + 1) {
		fprintf(stderr, "usage: lossyswitch SEED INTERFACE...\n");
		return 64;
	}
	random_state = strtoull(argv[1], NULL, 10);
	ports = argc - 2;
	wait[0] = (struct pollfd){.fd = 0, .events = POLLIN};
	for (int port = 1; port <= ports; port++) {
		int one = 1, room = 8 << 20;
		int fd = socket(AF_PACKET, SOCK_RAW | SOCK_NONBLOCK, htons(ETH_P_ALL));
		struct sockaddr_ll place = {
			.sll_family = AF_PACKET,
			.sll_protocol = htons(ETH_P_ALL),
			.sll_ifindex = if_nametoindex(argv[port + 1]),
		};
		struct packet_mreq all = {.mr_ifindex = place.sll_ifindex, .mr_type = PACKET_MR_PROMISC};
		if (fd < 0 || bind(fd, (struct sockaddr *)&place, sizeof(place)) < 0) {
			perror(argv[port + 1]);
			return 71;
		}
		setsockopt(fd, SOL_PACKET, PACKET_IGNORE_OUTGOING, &one, sizeof(one));
		setsockopt(fd, SOL_PACKET, PACKET_ADD_MEMBERSHIP, &all, sizeof(all));
		setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &room, sizeof(room));
		sockets[port] = fd;
		wait[port] = (struct pollfd){.fd = fd, .events = POLLIN};
	}
	printf("ready\n");
	fflush(stdout);
	for (;;) {
		uint64_t now = now_micros();
		while (waiting > 0 && heap[0]->due <= now) {
			struct frame *frame = take();
			send(sockets[frame->to], frame->bytes, frame->length, 0);
			free(frame);
		}
		struct timespec limit = {.tv_sec = 1};
		if (waiting > 0) {
			limit.tv_sec = (heap[0]->due - now) / 1000000;
			limit.tv_nsec = (heap[0]->due - now) % 1000000 * 1000;
		}
		if (ppoll(wait, ports + 1, &limit, NULL) < 0 && errno != EINTR) {
			return 71;
		}
		if (wait[0].revents != 0 && !command()) {
			return 0;
		}
		for (int port = 1; port <= ports; port++) {
			unsigned char bytes[FRAME_MAX];
			for (int i = 0; wait[port].revents != 0 && i < 64; i++) {
				int length = recv(sockets[port], bytes, sizeof(bytes), MSG_TRUNC);
				if (length <= 0) {
					if (length < 0 && errno != EAGAIN && errno != ENETDOWN) {
						perror("recv");
					}
					break;
				}
				if (length > (int)sizeof(bytes)) {
					fprintf(stderr, "frame of %d bytes dropped\n", length);
					continue;
				}
				arrived(port, bytes, length, now_micros());
			}
		}
	}
}
