/*
 * One member of a CPG load: joins the group, waits for all members, sends numbered messages with a
 * checksum, and writes down what is delivered in which order.
 *
 *   cpgload GROUP MEMBERS COUNT BYTES OUT
 *
 * Prints "messages seconds bytes_per_second" at the end. cc -O2 -o cpgload cpgload.c -lcpg
 */
#include <corosync/cpg.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static size_t members;
static uint32_t delivered;
static uint32_t damaged;
static unsigned long long delivered_bytes;
static FILE *out;

static uint32_t checksum(const unsigned char *bytes, size_t length)
{
	uint32_t hash = 2166136261u;
	for (size_t i = 0; i < length; i++) {
		hash = (hash ^ bytes[i]) * 16777619u;
	}
	return hash;
}

static void on_message(cpg_handle_t handle, const struct cpg_name *group, uint32_t node, uint32_t pid,
		       void *message, size_t length)
{
	uint32_t head[2];
	memcpy(head, message, sizeof(head));
	if (checksum((unsigned char *)message + 4, length - 4) != head[0]) {
		damaged++;
	}
	fprintf(out, "%u %u %zu\n", node, head[1], length);
	delivered++;
	delivered_bytes += length;
}

static void on_change(cpg_handle_t handle, const struct cpg_name *group,
		      const struct cpg_address *now, size_t now_count,
		      const struct cpg_address *left, size_t left_count,
		      const struct cpg_address *joined, size_t joined_count)
{
	members = now_count;
}

static double seconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec + now.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
	cpg_callbacks_t callbacks = {.cpg_deliver_fn = on_message, .cpg_confchg_fn = on_change};
	struct cpg_name group;
	cpg_handle_t handle;
	int fd;

	if (argc != 6) {
		fprintf(stderr, "usage: cpgload GROUP MEMBERS COUNT BYTES OUT\n");
		return 64;
	}
	size_t expected = strtoul(argv[2], NULL, 10);
	uint32_t count = strtoul(argv[3], NULL, 10);
	size_t length = strtoul(argv[4], NULL, 10);
	out = fopen(argv[5], "w");
	memset(&group, 0, sizeof(group));
	group.length = strlen(argv[1]);
	memcpy(group.value, argv[1], group.length);
	if (out == NULL || length < 8 || cpg_initialize(&handle, &callbacks) != CS_OK
	    || cpg_fd_get(handle, &fd) != CS_OK) {
		fprintf(stderr, "cannot connect\n");
		return 70;
	}
	/* While nodes synchronise, corosync asks to try again. */
	for (int tries = 0; cpg_join(handle, &group) != CS_OK; tries++) {
		if (tries == 300) {
			fprintf(stderr, "cannot join\n");
			return 70;
		}
		usleep(100000);
	}
	while (members < expected) {
		cpg_dispatch(handle, CS_DISPATCH_ONE);
	}
	unsigned char *message = calloc(1, length);
	double start = seconds();
	uint32_t sent = 0;
	while (delivered < expected * count) {
		struct pollfd wait = {.fd = fd, .events = POLLIN};
		int idle = 1;
		while (sent < count) {
			uint32_t number = sent + 1;
			memcpy(message + 4, &number, 4);
			uint32_t sum = checksum(message + 4, length - 4);
			memcpy(message, &sum, 4);
			struct iovec part = {.iov_base = message, .iov_len = length};
			if (cpg_mcast_joined(handle, CPG_TYPE_AGREED, &part, 1) != CS_OK) {
				break;
			}
			sent++;
			idle = 0;
			if (sent % 16 == 0) {
				break;
			}
		}
		if (poll(&wait, 1, idle ? 1 : 0) > 0) {
			cpg_dispatch(handle, CS_DISPATCH_ALL);
		}
		if (seconds() - start > 25) {
			fprintf(stderr, "only %u of %zu delivered\n", delivered, expected * count);
			break;
		}
	}
	double elapsed = seconds() - start;
	fclose(out);
	printf("%u %.3f %.0f damaged %u\n", delivered, elapsed, delivered_bytes / elapsed, damaged);
	/* The others may still need this node's part of the ring. */
	sleep(1);
	cpg_finalize(handle);
	return damaged == 0 && delivered == expected * count ? 0 : 1;
}
