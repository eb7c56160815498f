/*
 * One member of a load on a process group, over libcpg (-DREAL) or over Holdfast's client socket. Both
 * do the same: send as much as is taken, look at the order of each sender's messages, count.
 *
 *   ringload flood   GROUP MEMBERS BYTES WARMUP_SECONDS SECONDS
 *   ringload latency GROUP MEMBERS BYTES COUNT INTERVAL_MICROSECONDS
 *   ringload stall   GROUP MEMBERS BYTES LIMIT_MILLISECONDS SECONDS
 *   ringload rate    GROUP MEMBERS BYTES MESSAGES_PER_SECOND SECONDS
 *
 * flood prints messages per second delivered here, from all members; latency prints the microseconds
 * from sending to own delivery at 50, 90, 99 and 100 percent; rate prints messages per second delivered.
 * Exit code 1: a message was lost, doubled or reordered.
 */
#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define NODES_MAX 64
#define MESSAGE_MAX (1 << 20)

static size_t members;
static uint32_t self;
static uint64_t delivered;
static uint64_t own_delivered;
static uint64_t disorder;
static uint64_t expected[NODES_MAX];
static unsigned char message[MESSAGE_MAX];

static double seconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec + now.tv_nsec / 1e9;
}

static void die(const char *what)
{
	fprintf(stderr, "ringload: %s: %s\n", what, strerror(errno));
	exit(70);
}

static void on_message(uint32_t node, const void *bytes, size_t length)
{
	uint64_t number;

	if (length < sizeof(number) || node >= NODES_MAX) {
		disorder++;
		return;
	}
	memcpy(&number, bytes, sizeof(number));
	if (expected[node] != 0 && number != expected[node]) {
		disorder++;
	}
	expected[node] = number + 1;
	delivered++;
	if (node == self) {
		own_delivered++;
	}
}

#ifdef REAL
#include <corosync/cpg.h>

static cpg_handle_t handle;
static int fd;

static void on_deliver(cpg_handle_t from, const struct cpg_name *group, uint32_t node, uint32_t pid,
		       void *bytes, size_t length)
{
	on_message(node, bytes, length);
}

static void on_change(cpg_handle_t from, const struct cpg_name *group, const struct cpg_address *now,
		      size_t now_count, const struct cpg_address *left, size_t left_count,
		      const struct cpg_address *joined, size_t joined_count)
{
	members = now_count;
}

static void join(const char *name)
{
	cpg_callbacks_t callbacks = {.cpg_deliver_fn = on_deliver, .cpg_confchg_fn = on_change};
	struct cpg_name group;

	memset(&group, 0, sizeof(group));
	group.length = strlen(name);
	memcpy(group.value, name, group.length);
	if (cpg_initialize(&handle, &callbacks) != CS_OK || cpg_fd_get(handle, &fd) != CS_OK
	    || cpg_local_get(handle, &self) != CS_OK) {
		die("cannot connect");
	}
	/* While nodes synchronise, corosync asks to try again. */
	for (int tries = 0; cpg_join(handle, &group) != CS_OK; tries++) {
		if (tries == 300) {
			die("cannot join");
		}
		usleep(100000);
	}
}

/* Whether the message was taken. */
static int multicast(size_t length)
{
	struct iovec part = {.iov_base = message, .iov_len = length};

	return cpg_mcast_joined(handle, CPG_TYPE_AGREED, &part, 1) == CS_OK;
}

static void push(void)
{
}

/* Delivers what is there; waits for it at most so long. */
static void dispatch(int timeout)
{
	struct pollfd wait = {.fd = fd, .events = POLLIN};

	if (poll(&wait, 1, timeout) > 0) {
		/* Not all: under load there is always another one, and nothing would be sent. */
		for (int i = 0; i < 256; i++) {
			if (cpg_dispatch(handle, CS_DISPATCH_ONE_NONBLOCKING) != CS_OK) {
				return;
			}
		}
	}
}

#else
#include <arpa/inet.h>
#include <endian.h>
#include <sys/socket.h>
#include <sys/un.h>

#ifndef SOCKET_PATH
#define SOCKET_PATH "/run/holdfast/cluster.sock"
#endif
#define BUFFER (4 << 20)
#define OUT_HIGH (64 << 10)

enum { HELLO = 1, JOIN = 2, MULTICAST = 4, WELCOME = 16, CONFIGURATION = 17, MESSAGE = 18, REFUSED = 19 };

static int fd;
static unsigned char in[BUFFER];
static size_t in_head, in_tail;
static unsigned char out[BUFFER];
static size_t out_head, out_tail;

static uint32_t number(const unsigned char *at)
{
	uint32_t value;
	memcpy(&value, at, 4);
	return ntohl(value);
}

static void push(void)
{
	while (out_head < out_tail) {
		ssize_t count = send(fd, out + out_head, out_tail - out_head, MSG_DONTWAIT | MSG_NOSIGNAL);
		if (count < 0) {
			if (errno == EAGAIN || errno == EINTR) {
				return;
			}
			die("send");
		}
		out_head += count;
	}
	out_head = out_tail = 0;
}

static void frame(unsigned char type, const void *body, size_t length)
{
	uint32_t size = htonl(length + 1);

	if (out_tail + length + 5 > BUFFER) {
		memmove(out, out + out_head, out_tail - out_head);
		out_tail -= out_head;
		out_head = 0;
	}
	memcpy(out + out_tail, &size, 4);
	out[out_tail + 4] = type;
	memcpy(out + out_tail + 5, body, length);
	out_tail += length + 5;
}

static int multicast(size_t length)
{
	if (out_tail - out_head >= OUT_HIGH) {
		push();
		if (out_tail - out_head >= OUT_HIGH) {
			return 0;
		}
	}
	frame(MULTICAST, message, length);
	return 1;
}

static void take(const unsigned char *body, size_t length, int type)
{
	switch (type) {
	case WELCOME:
		self = number(body + 4);
		break;
	case CONFIGURATION:
		members = number(body + 12);
		break;
	case MESSAGE:
		on_message(number(body), body + 8, length - 8);
		break;
	default:
		fprintf(stderr, "ringload: refused: %.*s\n", (int)length - 4, body + 4);
		exit(70);
	}
}

static void dispatch(int timeout)
{
	struct pollfd wait = {.fd = fd, .events = POLLIN | (out_head < out_tail ? POLLOUT : 0)};

	if (poll(&wait, 1, timeout) <= 0) {
		return;
	}
	if (wait.revents & POLLOUT) {
		push();
	}
	if (!(wait.revents & ~POLLOUT)) {
		return;
	}
	ssize_t count = recv(fd, in + in_tail, BUFFER - in_tail, MSG_DONTWAIT);
	if (count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR)) {
		die("connection lost");
	}
	in_tail += count > 0 ? count : 0;
	while (in_tail - in_head >= 5 && in_tail - in_head >= 4 + number(in + in_head)) {
		size_t length = number(in + in_head);
		take(in + in_head + 5, length - 1, in[in_head + 4]);
		in_head += 4 + length;
	}
	if (in_head == in_tail) {
		in_head = in_tail = 0;
	} else if (in_tail > BUFFER / 2) {
		memmove(in, in + in_head, in_tail - in_head);
		in_tail -= in_head;
		in_head = 0;
	}
}

static void join(const char *name)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = SOCKET_PATH};
	uint32_t version = htonl(1);

	fd = socket(AF_UNIX, SOCK_STREAM, 0);
	if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof(address)) != 0) {
		die(SOCKET_PATH);
	}
	frame(HELLO, &version, 4);
	frame(JOIN, name, strlen(name));
	push();
}
#endif

static uint64_t sent;

static int send_next(size_t length)
{
	uint64_t next = sent + 1;

	memcpy(message, &next, sizeof(next));
	if (!multicast(length)) {
		return 0;
	}
	sent = next;
	return 1;
}

static void flood(size_t length, double warmup, double window)
{
	double start = seconds();
	double from = start + warmup;
	double until = from + window;
	uint64_t before = 0;
	double began = 0;
	double now = start;

	while (now < until) {
		int burst = 0;
		while (burst < 32 && send_next(length)) {
			burst++;
		}
		push();
		dispatch(burst > 0 ? 0 : 10);
		now = seconds();
		if (began == 0 && now >= from) {
			began = now;
			before = delivered;
		}
	}
	printf("%.1f\n", began == 0 ? 0 : (delivered - before) / (now - began));
	fflush(stdout);
	/* The others still measure: keep on until they have ended, but only listen. */
	while (seconds() < until + 1) {
		push();
		dispatch(10);
	}
}

static int by_value(const void *a, const void *b)
{
	double difference = *(const double *)a - *(const double *)b;
	return difference < 0 ? -1 : difference > 0;
}

static void latency(size_t length, int count, int interval)
{
	double *all = calloc(count, sizeof(double));

	for (int i = 0; i < count; i++) {
		double start = seconds();
		uint64_t awaited = own_delivered + 1;
		while (!send_next(length)) {
			dispatch(1);
		}
		push();
		while (own_delivered < awaited) {
			dispatch(1000);
		}
		all[i] = (seconds() - start) * 1e6;
		usleep(interval);
	}
	qsort(all, count, sizeof(double), by_value);
	printf("%.0f %.0f %.0f %.0f\n", all[count / 2], all[count * 9 / 10], all[count * 99 / 100],
	       all[count - 1]);
}

/* One message at a time; how long those took together that took too long, and the longest. */
static void stall(size_t length, int limit, double window)
{
	double start = seconds();
	double total = 0, longest = 0;

	while (seconds() < start + window) {
		double began = seconds();
		uint64_t awaited = own_delivered + 1;
		while (!send_next(length)) {
			dispatch(1);
		}
		push();
		while (own_delivered < awaited) {
			dispatch(1000);
		}
		double took = (seconds() - began) * 1e3;
		total += took > limit ? took : 0;
		longest = took > longest ? took : longest;
		usleep(10000);
	}
	printf("%.0f %.0f\n", total, longest);
}

static void rate(size_t length, double per_second, double window)
{
	double start = seconds();
	double now = start;

	while (now < start + window) {
		while (sent < (now - start) * per_second && send_next(length)) {
		}
		push();
		dispatch(2);
		now = seconds();
	}
	printf("%.1f\n", delivered / (now - start));
	while (seconds() < start + window + 1) {
		push();
		dispatch(10);
	}
}

int main(int argc, char **argv)
{
	if (argc < 5) {
		fprintf(stderr, "usage: ringload flood|latency|stall|rate GROUP MEMBERS ...\n");
		return 64;
	}
	size_t wanted = strtoul(argv[3], NULL, 10);
	double limit = seconds() + 30;
	join(argv[2]);
	while (members < wanted) {
		dispatch(100);
		if (seconds() > limit) {
			fprintf(stderr, "ringload: only %zu members\n", members);
			return 70;
		}
	}
	if (strcmp(argv[1], "flood") == 0 && argc == 7) {
		flood(strtoul(argv[4], NULL, 10), atof(argv[5]), atof(argv[6]));
	} else if (strcmp(argv[1], "latency") == 0 && argc == 7) {
		latency(strtoul(argv[4], NULL, 10), atoi(argv[5]), atoi(argv[6]));
	} else if (strcmp(argv[1], "stall") == 0 && argc == 7) {
		stall(strtoul(argv[4], NULL, 10), atoi(argv[5]), atof(argv[6]));
	} else if (strcmp(argv[1], "rate") == 0 && argc == 7) {
		rate(strtoul(argv[4], NULL, 10), atof(argv[5]), atof(argv[6]));
	} else {
		die("no such mode");
	}
	if (disorder > 0) {
		fprintf(stderr, "ringload: %llu messages out of order\n", (unsigned long long)disorder);
		return 1;
	}
	return 0;
}
