/*
 * A quorum device as a program: registers at the local corosync through libvotequorum and polls with the vote that
 * it is told on a named pipe, as corosync-qdevice does with its server's. Words: register, unregister, yes, no,
 * silent, wins, loses.
 *
 *     qdevice NAME PIPE
 */
#include <corosync/votequorum.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static votequorum_handle_t handle;
static votequorum_ring_id_t ring;
static const char *name;
static int speaking, vote;

static void ask(void)
{
    if (speaking) {
        votequorum_qdevice_poll(handle, name, vote, ring);
    }
}

static void nodes(votequorum_handle_t h, uint64_t context, votequorum_ring_id_t id, uint32_t count, uint32_t list[])
{
    ring = id;
    ask();
}

static void obey(const char *word)
{
    int result = 0;
    if (!strcmp(word, "register")) {
        result = votequorum_qdevice_register(handle, name);
    } else if (!strcmp(word, "unregister")) {
        speaking = 0;
        result = votequorum_qdevice_unregister(handle, name);
    } else if (!strcmp(word, "wins") || !strcmp(word, "loses")) {
        result = votequorum_qdevice_master_wins(handle, name, !strcmp(word, "wins"));
    } else if (!strcmp(word, "yes") || !strcmp(word, "no")) {
        speaking = 1;
        vote = !strcmp(word, "yes");
        result = votequorum_qdevice_poll(handle, name, vote, ring);
    } else if (!strcmp(word, "rename")) {
        result = votequorum_qdevice_update(handle, name, "Judge");
        if (result == CS_OK) {
            name = "Judge";
        }
    } else if (!strcmp(word, "silent")) {
        speaking = 0;
    }
    printf("%s %d\n", word, result);
    fflush(stdout);
}

int main(int argc, char **argv)
{
    votequorum_callbacks_t callbacks = {.votequorum_nodelist_notify_fn = nodes};
    char line[256];
    int fd;

    if (argc != 3 || votequorum_initialize(&handle, &callbacks) != CS_OK) {
        return 1;
    }
    name = argv[1];
    votequorum_trackstart(handle, 0, CS_TRACK_CHANGES);
    votequorum_fd_get(handle, &fd);
    int pipe = open(argv[2], O_RDWR);
    for (;;) {
        struct pollfd both[] = {{fd, POLLIN, 0}, {pipe, POLLIN, 0}};
        poll(both, 2, 500);
        if (both[0].revents && votequorum_dispatch(handle, CS_DISPATCH_ALL) != CS_OK) {
            return 0;
        }
        if (both[1].revents & POLLIN) {
            int n = read(pipe, line, sizeof(line) - 1);
            if (n <= 0) {
                return 0;
            }
            line[n] = 0;
            for (char *word = strtok(line, " \n"); word; word = strtok(NULL, " \n")) {
                obey(word);
            }
        }
        ask();
    }
}
