/*
 * Runs the daemon and outlives it: when the daemon dies without having left the ring (killed, out of memory,
 * crashed), the other nodes are told at once, in its name.
 *
 *   holdfast-supervisor COMMAND [ARGUMENTS]
 *
 * The command finds the name of a file in $HOLDFAST_LAST_WILL and keeps in it what shall be sent:
 *
 *   from ADDRESS PORT        where the datagram comes from: the ring address
 *   to ADDRESS PORT          one line for each receiver
 *   message HEX
 *   end
 *
 * It empties the file when it leaves in good order. The file is memory: nothing of it is left after a reboot.
 *
 * A killed process is gone only when all its threads have had a processor and its memory has been taken apart, which takes
 * a tenth of a second, and more on a busy machine. So the thread that does the ring's work holds a lock in a second file
 * ($HOLDFAST_LIFE_LINE), which the kernel takes from it the moment it dies. Who does not hold the lock is waited for to
 * the end.
 *
 * Signals are passed on. The exit code is the command's, or 128 and the signal's number. If this process is killed,
 * the daemon is asked to leave.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <netdb.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define RECEIVERS_MAX 256
#define DATAGRAM_MAX 65507
/* As of every leave message: one that was lost would cost the token timeout. Later copies would disturb the next ring. */
#define COPIES 2
#define EXIT_OS_ERROR 71
/* Little has to be done, but at once; as high as the ring's own work. */
#define PRIORITY 98
#define WATCHER_STACK_BYTES (64 * 1024)

/* What the second file holds; the daemon knows the offsets. */
struct life_line {
	union {
		pthread_mutex_t held_by_ring;
		char room[64];
	};
	sem_t taken;
};

static struct life_line *life_line;
static int will;
static pthread_mutex_t announcing = PTHREAD_MUTEX_INITIALIZER;
static int announced;

static struct addrinfo *receivers[RECEIVERS_MAX];
static int receiver_count;
static unsigned char datagram[DATAGRAM_MAX];
static size_t datagram_length;

static struct addrinfo *resolve(const char *address, const char *port)
{
	struct addrinfo hints = {.ai_socktype = SOCK_DGRAM, .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV};
	struct addrinfo *found = NULL;
	return getaddrinfo(address, port, &hints, &found) == 0 ? found : NULL;
}

static int read_message(const char *hex)
{
	datagram_length = 0;
	for (unsigned value; datagram_length < DATAGRAM_MAX && sscanf(hex, "%2x", &value) == 1; hex += 2) {
		datagram[datagram_length++] = (unsigned char)value;
	}
	return datagram_length > 0;
}

/* Reads the will; answers the sender's address, or NULL if there is no complete will. */
static struct addrinfo *read_will(int file)
{
	struct addrinfo *from = NULL;
	char *line = NULL, address[64], port[16];
	size_t room = 0;
	int complete = 0, has_message = 0;
	FILE *will = fdopen(dup(file), "r");
	if (will == NULL) {
		return NULL;
	}
	receiver_count = 0;
	rewind(will);
	while (getline(&line, &room, will) > 0) {
		if (sscanf(line, "from %63s %15s", address, port) == 2) {
			from = resolve(address, port);
		} else if (sscanf(line, "to %63s %15s", address, port) == 2 && receiver_count < RECEIVERS_MAX) {
			struct addrinfo *to = resolve(address, port);
			if (to != NULL) {
				receivers[receiver_count++] = to;
			}
		} else if (strncmp(line, "message ", 8) == 0) {
			has_message = read_message(line + 8);
		} else if (strcmp(line, "end\n") == 0) {
			complete = 1;
		}
	}
	free(line);
	fclose(will);
	return complete && has_message ? from : NULL;
}

static void send_will(int is_last_chance)
{
	struct addrinfo *from = read_will(will);
	if (from == NULL || receiver_count == 0) {
		return;
	}
	int yes = 1;
	int fd = socket(from->ai_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	/* Receivers tell nodes by their address, so it must be the ring's; the dead daemon does not use it any more. */
	if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes)) < 0
	    || bind(fd, from->ai_addr, from->ai_addrlen) < 0) {
		if (is_last_chance) {
			fprintf(stderr, "holdfast-supervisor: cannot tell the other nodes: %s\n", strerror(errno));
		}
		if (fd >= 0) {
			close(fd);
		}
		return;
	}
	for (int copy = 0; copy < COPIES; copy++) {
		for (int i = 0; i < receiver_count; i++) {
			sendto(fd, datagram, datagram_length, MSG_DONTWAIT, receivers[i]->ai_addr, receivers[i]->ai_addrlen);
		}
	}
	close(fd);
	announced = 1;
	fprintf(stderr, "holdfast-supervisor: the daemon has died; the other nodes have been told\n");
}

static void announce(int is_last_chance)
{
	pthread_mutex_lock(&announcing);
	if (!announced) {
		send_will(is_last_chance);
	}
	pthread_mutex_unlock(&announcing);
}

/* Waits for the end of the thread that holds the life line. */
static void *watch(void *nothing)
{
	while (sem_wait(&life_line->taken) != 0) {
	}
	if (pthread_mutex_lock(&life_line->held_by_ring) == EOWNERDEAD) {
		announce(0);
	}
	return nothing;
}

/* Makes the second file and tells the daemon of it; without it, the daemon's end is waited for. */
static void make_life_line(void)
{
	pthread_mutexattr_t attributes;
	char path[64];
	int file = memfd_create("life-line", 0);
	if (file < 0 || ftruncate(file, sizeof(*life_line)) < 0) {
		return;
	}
	void *memory = mmap(NULL, sizeof(*life_line), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
	if (memory == MAP_FAILED) {
		return;
	}
	life_line = memory;
	pthread_mutexattr_init(&attributes);
	pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
	pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
	pthread_mutex_init(&life_line->held_by_ring, &attributes);
	sem_init(&life_line->taken, 1, 0);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", file);
	setenv("HOLDFAST_LIFE_LINE", path, 1);
}

static void watch_life_line(void)
{
	pthread_attr_t attributes;
	pthread_t watcher;
	if (life_line != NULL) {
		pthread_attr_init(&attributes);
		pthread_attr_setstacksize(&attributes, WATCHER_STACK_BYTES);
		pthread_create(&watcher, &attributes, watch, NULL);
	}
}

/* On a machine without a processor or memory to spare, too; without the right to it, as it comes. */
static void be_prompt(void)
{
	struct sched_param parameters = {.sched_priority = PRIORITY};
	if (sched_setscheduler(0, SCHED_RR, &parameters) != 0 || mlockall(MCL_CURRENT) != 0) {
		return;
	}
}

/* In lists of processes, and for those who kill by pattern, this is not the daemon. */
static void hide_arguments(int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		memset(argv[i], 0, strlen(argv[i]));
	}
}

int main(int argc, char **argv)
{
	sigset_t watched, before;
	char path[64];
	if (argc < 2) {
		fprintf(stderr, "usage: holdfast-supervisor COMMAND [ARGUMENTS]\n");
		return 64;
	}
	will = memfd_create("last-will", 0);
	if (will < 0) {
		execvp(argv[1], argv + 1);
		return EXIT_OS_ERROR;
	}
	snprintf(path, sizeof(path), "/proc/self/fd/%d", will);
	setenv("HOLDFAST_LAST_WILL", path, 1);
	make_life_line();
	sigfillset(&watched);
	sigprocmask(SIG_BLOCK, &watched, &before);
	pid_t parent = getpid();
	pid_t daemon = fork();
	if (daemon == 0) {
		sigprocmask(SIG_SETMASK, &before, NULL);
		prctl(PR_SET_PDEATHSIG, SIGTERM);
		if (getppid() == parent) {
			execvp(argv[1], argv + 1);
			fprintf(stderr, "holdfast-supervisor: %s: %s\n", argv[1], strerror(errno));
		}
		_exit(EXIT_OS_ERROR);
	}
	if (daemon < 0) {
		perror("holdfast-supervisor");
		return EXIT_OS_ERROR;
	}
	hide_arguments(argc, argv);
	be_prompt();
	watch_life_line();
	for (;;) {
		siginfo_t info;
		int status;
		int number = sigwaitinfo(&watched, &info);
		if (number == SIGCHLD && waitpid(daemon, &status, WNOHANG) == daemon) {
			announce(1);
			return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
		}
		/* What a terminal sends reaches the daemon by itself. */
		if (number > 0 && number != SIGCHLD && info.si_code != SI_KERNEL) {
			kill(daemon, number);
		}
	}
}
