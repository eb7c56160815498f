/*
 * One member of a CPG load that does not end: joins the group, sends numbered messages of all sizes with
 * a checksum, and writes down everything that it sends, hears and is told of the group's members.
 *
 *   soakmember real|ours NODE GROUP SEED RATE LOG
 *
 * RATE is messages a second. While /run/soak.quiet exists it sends nothing. Ends when the daemon does.
 * Lines: "I node pid life" once; "S number" sent; "M node life number bytes" delivered;
 * "V node:pid ..." the members from now on; "X ..." something that must not be. cc -O2 ... -lcpg
 */
#include <arpa/inet.h>
#include <corosync/cpg.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#define HEAD 16
#define LARGEST 1000000
#define FRAME_MAX ((1 << 20) + 64)

static FILE *out;
static uint32_t self, life, heard_of_own;
static int is_member;

static uint32_t checksum(const unsigned char *bytes, size_t length)
{
	uint32_t hash = 2166136261u;
	for (size_t i = 0; i < length; i++) {
		hash = (hash ^ bytes[i]) * 16777619u;
	}
	return hash;
}

/* What has been sent is zero after the header: writes down the header and all that is not zero. */
static void damaged(const unsigned char *message, size_t length)
{
	fprintf(out, "D");
	for (size_t i = 0; i < length && i < 4096; i++) {
		if (i < HEAD || message[i] != 0) {
			fprintf(out, " %zu:%02x", i, message[i]);
		}
	}
	fprintf(out, "\n");
}

static void delivered(uint32_t node, const unsigned char *message, size_t length)
{
	uint32_t head[4];
	if (length < HEAD) {
		fprintf(out, "X message of %zu bytes from %u\n", length, node);
		return;
	}
	memcpy(head, message, HEAD);
	if (head[0] != checksum(message + 4, length - 4) || head[1] != node) {
		fprintf(out, "X damaged message of %zu bytes from %u\n", length, node);
		damaged(message, length);
	}
	if (head[1] == self && head[2] == life) {
		heard_of_own = head[3];
	}
	fprintf(out, "M %u %u %u %zu\n", head[1], head[2], head[3], length);
}

static void member(uint32_t node, uint32_t pid)
{
	fprintf(out, " %u:%u", node, pid);
	if (node == self && pid == (uint32_t)getpid()) {
		is_member = 1;
	}
}

/* ---- libcpg ---- */

static cpg_handle_t handle;

static void on_message(cpg_handle_t h, const struct cpg_name *group, uint32_t node, uint32_t pid, void *message,
		       size_t length)
{
	delivered(node, message, length);
}

static void on_change(cpg_handle_t h, const struct cpg_name *group, const struct cpg_address *now, size_t count,
		      const struct cpg_address *left, size_t left_count, const struct cpg_address *joined,
		      size_t joined_count)
{
	fprintf(out, "V");
	for (size_t i = 0; i < count; i++) {
		member(now[i].nodeid, now[i].pid);
	}
	fprintf(out, " -");
	for (size_t i = 0; i < left_count; i++) {
		fprintf(out, " %u:%u", left[i].nodeid, left[i].pid);
	}
	fprintf(out, "\n");
}

static int open_real(const char *name)
{
	cpg_callbacks_t callbacks = {.cpg_deliver_fn = on_message, .cpg_confchg_fn = on_change};
	struct cpg_name group = {.length = strlen(name)};
	int fd = -1;
	memcpy(group.value, name, group.length);
	for (int tries = 0; cpg_initialize(&handle, &callbacks) != CS_OK; tries++) {
		if (tries == 200) {
			return -1;
		}
		usleep(100000);
	}
	cpg_fd_get(handle, &fd);
	for (int tries = 0; cpg_join(handle, &group) != CS_OK; tries++) {
		if (tries == 600) {
			return -1;
		}
		usleep(100000);
	}
	return fd;
}

static int send_real(const unsigned char *message, size_t length)
{
	struct iovec part = {.iov_base = (void *)message, .iov_len = length};
	cs_error_t answer = cpg_mcast_joined(handle, CPG_TYPE_AGREED, &part, 1);
	return answer == CS_OK ? 1 : answer == CS_ERR_TRY_AGAIN ? 0 : -1;
}

/* ---- holdfastd's socket ---- */

static int ours = -1;
static unsigned char incoming[2 * FRAME_MAX];
static size_t filled;

static int read_ours(void);

/* The daemon may wait for us to read before it reads on. */
static int write_all(const void *bytes, size_t length)
{
	const char *at = bytes;
	while (length > 0) {
		ssize_t count = send(ours, at, length, MSG_NOSIGNAL | MSG_DONTWAIT);
		if (count < 0 && errno == EAGAIN) {
			struct pollfd wait = {.fd = ours, .events = POLLIN | POLLOUT};
			poll(&wait, 1, 1000);
			if ((wait.revents & POLLIN) && read_ours() < 0) {
				return -1;
			}
			continue;
		}
		if (count <= 0) {
			return -1;
		}
		at += count;
		length -= count;
	}
	return 1;
}

static int send_frame(unsigned char type, const void *body, size_t length)
{
	unsigned char head[5];
	uint32_t size = htonl(1 + length);
	memcpy(head, &size, 4);
	head[4] = type;
	return write_all(head, 5) < 0 ? -1 : write_all(body, length);
}

static int open_ours(const char *group)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = "/run/holdfast/cluster.sock"};
	uint32_t version = htonl(1);
	for (int tries = 0;; tries++) {
		ours = socket(AF_UNIX, SOCK_STREAM, 0);
		if (connect(ours, (struct sockaddr *)&address, sizeof(address)) == 0) {
			break;
		}
		close(ours);
		if (tries == 200) {
			return -1;
		}
		usleep(100000);
	}
	return send_frame(1, &version, 4) < 0 || send_frame(2, group, strlen(group)) < 0 ? -1 : ours;
}

static uint32_t number(const unsigned char *at)
{
	uint32_t value;
	memcpy(&value, at, 4);
	return ntohl(value);
}

static void take_frame(unsigned char type, const unsigned char *body, size_t length)
{
	if (type == 18) {
		delivered(number(body), body + 8, length - 8);
	} else if (type == 17) {
		const unsigned char *at = body + 12;
		uint32_t count = number(at);
		at += 4;
		fprintf(out, "V");
		for (uint32_t i = 0; i < count; i++, at += 12) {
			member(number(at), number(at + 4));
		}
		fprintf(out, " -");
		count = number(at);
		at += 4;
		for (uint32_t i = 0; i < count; i++, at += 12) {
			fprintf(out, " %u:%u", number(at), number(at + 4));
		}
		fprintf(out, "\n");
	} else if (type == 19) {
		fprintf(out, "X refused %u %.*s\n", number(body), (int)length - 4, body + 4);
	}
}

static int read_ours(void)
{
	ssize_t count = recv(ours, incoming + filled, sizeof(incoming) - filled, MSG_DONTWAIT);
	if (count == 0 || (count < 0 && errno != EAGAIN)) {
		return -1;
	}
	filled += count > 0 ? count : 0;
	size_t at = 0;
	while (filled - at >= 5) {
		size_t length = number(incoming + at);
		if (filled - at < 4 + length) {
			break;
		}
		take_frame(incoming[at + 4], incoming + at + 5, length - 1);
		at += 4 + length;
	}
	memmove(incoming, incoming + at, filled - at);
	filled -= at;
	return 1;
}

/* ---- the load ---- */

static uint64_t random_state;

static uint32_t next_random(uint32_t below)
{
	random_state = random_state * 6364136223846793005ull + 1442695040888963407ull;
	return (uint32_t)(random_state >> 33) % below;
}

static size_t next_size(void)
{
	uint32_t kind = next_random(400);
	if (kind == 0) {
		return LARGEST - next_random(1000);
	}
	if (kind < 8) {
		return 20000 + next_random(100000);
	}
	return kind < 80 ? HEAD + next_random(10000) : HEAD + next_random(1400);
}

static double seconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec + now.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
	if (argc != 7 || (out = fopen(argv[6], "a")) == NULL) {
		fprintf(stderr, "usage: soakmember real|ours NODE GROUP SEED RATE LOG\n");
		return 64;
	}
	int real = strcmp(argv[1], "real") == 0;
	self = strtoul(argv[2], NULL, 10);
	random_state = strtoull(argv[4], NULL, 10);
	life = next_random(1u << 30);
	double gap = 1 / strtod(argv[5], NULL);
	setvbuf(out, NULL, _IOLBF, 1 << 16);
	fprintf(out, "I %u %d %u\n", self, getpid(), life);
	int fd = real ? open_real(argv[3]) : open_ours(argv[3]);
	if (fd < 0) {
		fprintf(out, "E cannot connect\n");
		return 70;
	}
	unsigned char *message = calloc(1, LARGEST);
	uint32_t sent = 0;
	size_t length = next_size();
	double due = seconds();
	for (;;) {
		struct pollfd wait = {.fd = fd, .events = POLLIN};
		if (poll(&wait, 1, 10) > 0) {
			int fine = real ? cpg_dispatch(handle, CS_DISPATCH_ALL) == CS_OK : read_ours() > 0;
			if (!fine && (is_member || sent > 0)) {
				break;
			}
			if (!fine) {
				/* That was a dying daemon's socket. */
				if (real) {
					cpg_finalize(handle);
				} else {
					close(ours);
					filled = 0;
				}
				fd = real ? open_real(argv[3]) : open_ours(argv[3]);
				if (fd < 0) {
					break;
				}
			}
		}
		int may = is_member && seconds() >= due && sent - heard_of_own < 64 && access("/run/soak.quiet", F_OK) != 0;
		if (may) {
			uint32_t head[4] = {0, self, life, sent + 1};
			memcpy(message, head, HEAD);
			head[0] = checksum(message + 4, length - 4);
			memcpy(message, head, 4);
			int taken = real ? send_real(message, length) : send_frame(4, message, length);
			if (taken < 0) {
				break;
			}
			if (taken > 0) {
				fprintf(out, "S %u\n", ++sent);
				length = next_size();
				due += gap;
				if (due < seconds() - 1) {
					due = seconds();
				}
			}
		}
	}
	fprintf(out, "E daemon gone\n");
	return 0;
}
