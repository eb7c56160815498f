/*
 * The thin client as a native program: hands a command line to the running daemon and does what the
 * daemon asks, so that a live command starts in about a millisecond (docs/client-protocol.md). Resource
 * agents call such commands in every monitor.
 *
 * When there is no daemon, or the daemon answers that the command works on files only, the launcher
 * runs the command in a JVM of its own. The launcher's path is set when this is compiled.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <pwd.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#ifndef HOLDFAST_LAUNCHER
#error "compile with -DHOLDFAST_LAUNCHER=\"path of the holdfast script\""
#endif

#define PROTOCOL_VERSION 1
#define FRAME_BYTES_MAX (64u << 20)
#define INPUT_BYTES_MAX (1u << 20)
#define SOCKET_NAME "run/holdfast/holdfastd.sock"
#define DEMO_NODES 3

enum { EXEC = 1, INPUT = 2, FILE_REPLY = 3, PROGRAM_ENDED = 4 };
enum { OUTPUT = 16, ERROR_OUTPUT = 17, READ_INPUT = 18, FILE_CALL = 19, EXIT = 20, RUN_YOURSELF = 21,
       RUN_PROGRAM = 22, GO_TO_BACKGROUND = 23, READ_KEYS = 24 };
enum { FILE_EXISTS, FILE_IS_DIRECTORY, FILE_READ, FILE_WRITE, FILE_DELETE, FILE_MKDIRS, FILE_LIST };
enum { EX_UNREACHABLE = 69, EX_IO = 74 };

static const char *command_name = "holdfast";

/* A frame being written or read; grows up to FRAME_BYTES_MAX. */
struct buffer {
    unsigned char *bytes;
    size_t length;
    size_t capacity;
    size_t position;
};

static void die(int code, const char *what)
{
    fprintf(stderr, "%s: %s\n", command_name, what);
    exit(code);
}

static void reserve(struct buffer *b, size_t more)
{
    if (more > FRAME_BYTES_MAX || b->length + more > FRAME_BYTES_MAX + 4) {
        die(EX_IO, "File too large");
    }
    if (b->length + more > b->capacity) {
        size_t capacity = b->capacity ? b->capacity : 4096;
        while (capacity < b->length + more) {
            capacity *= 2;
        }
        b->bytes = realloc(b->bytes, capacity);
        if (b->bytes == NULL) {
            die(EX_IO, "out of memory");
        }
        b->capacity = capacity;
    }
}

static void put_byte(struct buffer *b, unsigned value)
{
    reserve(b, 1);
    b->bytes[b->length++] = (unsigned char) value;
}

static void put_int(struct buffer *b, uint32_t value)
{
    put_byte(b, value >> 24);
    put_byte(b, value >> 16);
    put_byte(b, value >> 8);
    put_byte(b, value);
}

static void put_bytes(struct buffer *b, const void *bytes, size_t length)
{
    put_int(b, (uint32_t) length);
    reserve(b, length);
    if (length > 0) {
        memcpy(b->bytes + b->length, bytes, length);
    }
    b->length += length;
}

static void put_text(struct buffer *b, const char *text)
{
    put_bytes(b, text, strlen(text));
}

/* Starts a frame: room for the length, then the type. */
static void begin(struct buffer *b, unsigned type)
{
    b->length = 0;
    put_int(b, 0);
    put_byte(b, type);
}

static int write_all(int fd, const void *bytes, size_t length)
{
    const unsigned char *at = bytes;
    while (length > 0) {
        ssize_t written = write(fd, at, length);
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written <= 0) {
            return -1;
        }
        at += written;
        length -= (size_t) written;
    }
    return 0;
}

static void send_frame(int fd, struct buffer *b)
{
    uint32_t length = (uint32_t) (b->length - 4);
    b->bytes[0] = (unsigned char) (length >> 24);
    b->bytes[1] = (unsigned char) (length >> 16);
    b->bytes[2] = (unsigned char) (length >> 8);
    b->bytes[3] = (unsigned char) length;
    if (write_all(fd, b->bytes, b->length) != 0) {
        die(EX_IO, "lost the connection to the daemon");
    }
}

static void read_exactly(int fd, void *into, size_t length)
{
    unsigned char *at = into;
    while (length > 0) {
        ssize_t got = read(fd, at, length);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            die(EX_IO, "lost the connection to the daemon");
        }
        at += got;
        length -= (size_t) got;
    }
}

static uint32_t take_int(struct buffer *b)
{
    if (b->length - b->position < 4) {
        die(EX_IO, "the daemon sent a damaged frame");
    }
    const unsigned char *at = b->bytes + b->position;
    b->position += 4;
    return (uint32_t) at[0] << 24 | (uint32_t) at[1] << 16 | (uint32_t) at[2] << 8 | at[3];
}

static unsigned take_byte(struct buffer *b)
{
    if (b->position >= b->length) {
        die(EX_IO, "the daemon sent a damaged frame");
    }
    return b->bytes[b->position++];
}

static unsigned char *take_bytes(struct buffer *b, size_t *length)
{
    *length = take_int(b);
    if (*length > b->length - b->position) {
        die(EX_IO, "the daemon sent a damaged frame");
    }
    unsigned char *at = b->bytes + b->position;
    b->position += *length;
    return at;
}

static unsigned receive(int fd, struct buffer *b)
{
    unsigned char head[4];
    read_exactly(fd, head, sizeof head);
    uint32_t length = (uint32_t) head[0] << 24 | (uint32_t) head[1] << 16 | (uint32_t) head[2] << 8 | head[3];
    if (length < 1 || length > FRAME_BYTES_MAX) {
        die(EX_IO, "the daemon sent a damaged frame");
    }
    b->length = 0;
    b->position = 0;
    reserve(b, length);
    read_exactly(fd, b->bytes, length);
    b->length = length;
    return take_byte(b);
}

/* ---- finding the daemon; the same places as the Java client's Destination ---- */

static int try_connect(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof address.sun_path) {
        return -1;
    }
    strcpy(address.sun_path, path);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd >= 0 && connect(fd, (struct sockaddr *) &address, sizeof address) != 0) {
        close(fd);
        fd = -1;
    }
    return fd;
}

/* The directory of this user's demo; empty if it is somebody else's. */
static void demo_directory(char *into, size_t size)
{
    struct passwd *user = getpwuid(getuid());
    struct stat status;
    snprintf(into, size, "/tmp/holdfast-demo-%s", user ? user->pw_name : "");
    if (lstat(into, &status) != 0 || !S_ISDIR(status.st_mode) || status.st_uid != getuid()) {
        into[0] = '\0';
    }
}

static int connect_to_daemon(void)
{
    char path[PATH_MAX];
    char demo[PATH_MAX / 2];
    const char *root = getenv("HOLDFAST_ROOT");
    if (root != NULL && root[0] != '\0') {
        snprintf(path, sizeof path, "%s/%s", root, SOCKET_NAME);
        return try_connect(path);
    }
    demo_directory(demo, sizeof demo);
    const char *node = getenv("HOLDFAST_NODE");
    if (node != NULL && node[0] != '\0') {
        snprintf(path, sizeof path, "%s/%s/%s", demo, node, SOCKET_NAME);
        return demo[0] ? try_connect(path) : -1;
    }
    int fd = try_connect("/" SOCKET_NAME);
    for (int i = 1; fd < 0 && demo[0] && i <= DEMO_NODES; i++) {
        snprintf(path, sizeof path, "%s/node%d/%s", demo, i, SOCKET_NAME);
        fd = try_connect(path);
    }
    return fd;
}

/* ---- what the daemon may ask for ---- */

static int read_file(const char *path, struct buffer *content)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return errno;
    }
    int failure = 0;
    for (;;) {
        if (content->length > FRAME_BYTES_MAX - 65536 - 64) {
            failure = EFBIG;
            break;
        }
        reserve(content, 65536);
        ssize_t got = read(fd, content->bytes + content->length, 65536);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            failure = errno;
        }
        if (got <= 0) {
            break;
        }
        content->length += (size_t) got;
    }
    close(fd);
    return failure;
}

static int write_to(int fd, const void *content, size_t length, int durable)
{
    int failure = write_all(fd, content, length) != 0 ? errno : 0;
    if (failure == 0 && durable && fsync(fd) != 0) {
        failure = errno;
    }
    if (close(fd) != 0 && failure == 0) {
        failure = errno;
    }
    return failure;
}

/* A file is replaced as a whole, by way of a temporary file beside it; a link stays a link. */
static int write_file(const char *path, const void *content, size_t length)
{
    char target[PATH_MAX];
    char temporary[PATH_MAX + 32];
    struct stat status;
    int exists = stat(path, &status) == 0;
    if (exists && !S_ISREG(status.st_mode)) {
        int fd = open(path, O_WRONLY | O_CLOEXEC);
        return fd < 0 ? errno : write_to(fd, content, length, 0);
    }
    if (!exists || realpath(path, target) == NULL) {
        if (strlen(path) >= sizeof target) {
            return ENAMETOOLONG;
        }
        strcpy(target, path);
    }
    snprintf(temporary, sizeof temporary, "%s.%ld", target, (long) getpid());
    int fd = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd < 0 && exists) {
        fd = open(target, O_WRONLY | O_TRUNC | O_CLOEXEC);
        return fd < 0 ? errno : write_to(fd, content, length, 1);
    }
    if (fd < 0) {
        return errno;
    }
    if (exists && fchmod(fd, status.st_mode & 07777) != 0) {
        int failure = errno;
        close(fd);
        unlink(temporary);
        return failure;
    }
    int failure = write_to(fd, content, length, 1);
    if (failure == 0 && rename(temporary, target) != 0) {
        failure = errno;
    }
    if (failure != 0) {
        unlink(temporary);
    }
    return failure;
}

static int make_directories(const char *path)
{
    char part[PATH_MAX];
    if (strlen(path) >= sizeof part) {
        return ENAMETOOLONG;
    }
    strcpy(part, path);
    for (char *at = part + 1;; at++) {
        if (*at == '/' || *at == '\0') {
            char end = *at;
            *at = '\0';
            if (mkdir(part, 0777) != 0 && errno != EEXIST) {
                return errno;
            }
            if (end == '\0') {
                struct stat status;
                return stat(part, &status) == 0 && !S_ISDIR(status.st_mode) ? EEXIST : 0;
            }
            *at = end;
        }
    }
}

static int not_a_dot(const struct dirent *entry)
{
    return strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
}

static int by_bytes(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

/* Answers one FILE_CALL. */
static void answer_file_call(int fd, struct buffer *call)
{
    static struct buffer reply;
    static struct buffer content;
    char path[PATH_MAX];
    size_t path_length, content_length;
    unsigned action = take_byte(call);
    unsigned char *path_bytes = take_bytes(call, &path_length);
    unsigned char *given = take_bytes(call, &content_length);
    struct stat status;
    struct dirent **entries = NULL;
    int failure = 0, flag = 0, names = 0;

    content.length = 0;
    if (path_length >= sizeof path || memchr(path_bytes, '\0', path_length) != NULL) {
        failure = ENAMETOOLONG;
        action = ~0u;
    } else {
        memcpy(path, path_bytes, path_length);
        path[path_length] = '\0';
    }
    switch (action) {
    case FILE_EXISTS:
        flag = stat(path, &status) == 0;
        break;
    case FILE_IS_DIRECTORY:
        flag = stat(path, &status) == 0 && S_ISDIR(status.st_mode);
        break;
    case FILE_READ:
        failure = read_file(path, &content);
        break;
    case FILE_WRITE:
        failure = write_file(path, given, content_length);
        flag = 1;
        break;
    case FILE_DELETE:
        failure = remove(path) != 0 ? errno : 0;
        flag = 1;
        break;
    case FILE_MKDIRS:
        failure = make_directories(path);
        flag = 1;
        break;
    case FILE_LIST:
        names = scandir(path, &entries, not_a_dot, by_bytes);
        if (names < 0) {
            failure = errno;
            names = 0;
        }
        break;
    default:
        failure = failure ? failure : ENOSYS;
    }
    begin(&reply, FILE_REPLY);
    put_byte(&reply, failure != 0);
    put_text(&reply, failure ? strerror(failure) : "");
    put_byte(&reply, failure == 0 && flag);
    put_bytes(&reply, content.bytes, failure ? 0 : content.length);
    put_int(&reply, (uint32_t) names);
    for (int i = 0; i < names; i++) {
        put_text(&reply, entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
    send_frame(fd, &reply);
}

static void answer_read_input(int fd, struct buffer *call)
{
    static unsigned char bytes[INPUT_BYTES_MAX];
    static struct buffer reply;
    size_t max = take_int(call);
    ssize_t got;
    if (max < 1 || max > sizeof bytes) {
        max = sizeof bytes;
    }
    do {
        got = read(STDIN_FILENO, bytes, max);
    } while (got < 0 && errno == EINTR);
    begin(&reply, INPUT);
    put_bytes(&reply, bytes, got > 0 ? (size_t) got : 0);
    send_frame(fd, &reply);
}

static struct termios terminal_before;

static void restore_terminal(void)
{
    tcsetattr(STDIN_FILENO, TCSANOW, &terminal_before);
}

static void end_by_signal(int number)
{
    restore_terminal();
    signal(number, SIG_DFL);
    raise(number);
}

/* Has the terminal pass on each key at once, unseen, until this process ends. */
static int prepare_terminal(void)
{
    static const int ends[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
    struct termios now;
    if (tcgetattr(STDIN_FILENO, &terminal_before) != 0) {
        return 0;
    }
    now = terminal_before;
    now.c_lflag &= ~(tcflag_t) (ICANON | ECHO);
    now.c_cc[VMIN] = 1;
    now.c_cc[VTIME] = 0;
    atexit(restore_terminal);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        signal(ends[i], end_by_signal);
    }
    return tcsetattr(STDIN_FILENO, TCSANOW, &now) == 0;
}

static void answer_read_keys(int fd, struct buffer *call)
{
    static int is_terminal = -1;
    static struct buffer reply;
    unsigned char bytes[64];
    ssize_t got = 0;
    int millis = (int) take_int(call);
    if (is_terminal < 0) {
        is_terminal = prepare_terminal();
    }
    struct pollfd input = {.fd = is_terminal ? STDIN_FILENO : -1, .events = POLLIN};
    if (poll(&input, 1, millis) > 0) {
        got = read(STDIN_FILENO, bytes, sizeof bytes);
        if (got <= 0) {
            exit(EX_IO); /* the terminal is gone */
        }
    }
    begin(&reply, INPUT);
    put_bytes(&reply, bytes, (size_t) got);
    send_frame(fd, &reply);
}

static char *take_text(struct buffer *b)
{
    size_t length;
    unsigned char *bytes = take_bytes(b, &length);
    char *text = malloc(length + 1);
    if (text == NULL) {
        die(EX_IO, "out of memory");
    }
    memcpy(text, bytes, length);
    text[length] = '\0';
    return text;
}

/* In the child: becomes the program, or tells through the pipe why not. */
static void become_program(struct buffer *call, uint32_t count, int failure_pipe)
{
    char **words = calloc((size_t) count + 1, sizeof *words);
    if (words == NULL) {
        _exit(EX_IO);
    }
    for (uint32_t i = 0; i < count; i++) {
        words[i] = take_text(call);
    }
    for (uint32_t variables = take_int(call); variables > 0; variables--) {
        char *name = take_text(call);
        char *value = take_text(call);
        setenv(name, value, 1);
    }
    execvp(words[0], words);
    int failure = errno;
    ssize_t ignored = write(failure_pipe, &failure, sizeof failure);
    (void) ignored;
    _exit(EX_IO);
}

/* Status of a child that has ended; Ctrl-C meanwhile is the child's affair. */
static int wait_for(pid_t child)
{
    int status = 0;
    struct sigaction ignore = {.sa_handler = SIG_IGN}, interrupt, quit;
    sigaction(SIGINT, &ignore, &interrupt);
    sigaction(SIGQUIT, &ignore, &quit);
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    sigaction(SIGINT, &interrupt, NULL);
    sigaction(SIGQUIT, &quit, NULL);
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

static void send_program_ended(int fd, int failure, int status)
{
    struct buffer reply = {0};
    begin(&reply, PROGRAM_ENDED);
    put_byte(&reply, failure != 0);
    put_text(&reply, failure ? strerror(failure) : "");
    put_int(&reply, (uint32_t) status);
    send_frame(fd, &reply);
    free(reply.bytes);
}

/* Nobody waits for the other children: the next one's start collects them. */
static void answer_run_program(int fd, struct buffer *call)
{
    int pipe_ends[2];
    int failure = 0, status = 0;
    uint32_t count = take_int(call);
    if (count < 1 || count > call->length || pipe2(pipe_ends, O_CLOEXEC) != 0) {
        send_program_ended(fd, count < 1 || count > call->length ? EINVAL : errno, 0);
        return;
    }
    while (waitpid(-1, NULL, WNOHANG) > 0) {
    }
    pid_t child = fork();
    if (child == 0) {
        become_program(call, count, pipe_ends[1]);
    }
    int no_child = errno;
    close(pipe_ends[1]);
    if (child < 0) {
        failure = no_child;
    } else if (read(pipe_ends[0], &failure, sizeof failure) != sizeof failure) {
        failure = 0;
    }
    close(pipe_ends[0]);
    int waits = call->bytes[call->length - 1];
    if (child > 0 && (waits || failure != 0)) {
        status = wait_for(child);
    }
    send_program_ended(fd, failure, failure ? 0 : status);
}

static void answer_go_to_background(int fd)
{
    pid_t child = fork();
    if (child > 0) {
        _exit(0);
    }
    if (child < 0) {
        send_program_ended(fd, errno, 0);
        return;
    }
    setsid();
    int nowhere = open("/dev/null", O_RDWR);
    for (int stream = 0; nowhere >= 0 && stream < 3; stream++) {
        dup2(nowhere, stream);
    }
    if (nowhere > 2) {
        close(nowhere);
    }
    send_program_ended(fd, 0, 0);
}

/* ---- the command ---- */

static void run_yourself(int argc, char **argv)
{
    char **all = calloc((size_t) argc + 2, sizeof *all);
    if (all == NULL) {
        die(EX_IO, "out of memory");
    }
    all[0] = (char *) "holdfast";
    all[1] = (char *) command_name;
    for (int i = 1; i < argc; i++) {
        all[i + 1] = argv[i];
    }
    setenv("HOLDFAST_NATIVE", "no", 1);
    execv(HOLDFAST_LAUNCHER, all);
    fprintf(stderr, "%s: cannot run %s: %s\n", command_name, HOLDFAST_LAUNCHER, strerror(errno));
    exit(EX_UNREACHABLE);
}

static int is_wanted_variable(const char *variable)
{
    static const char *const names[] = {"CIB_", "LC_", "LANG=", "TERM=", "TZ=", "USER=", "HOME=", "PWD=",
                                        "COLUMNS=", "EDITOR=", "SHELL=", "PS1=", "OCF_RESOURCE_INSTANCE=", "OCF_RESKEY_",
                                        NULL};
    for (int i = 0; names[i] != NULL; i++) {
        if (strncmp(variable, names[i], strlen(names[i])) == 0) {
            return strchr(variable, '=') != NULL;
        }
    }
    return 0;
}

static void send_command(int fd, int argc, char **argv)
{
    extern char **environ;
    struct buffer frame = {0};
    uint32_t variables = 0;
    begin(&frame, EXEC);
    put_int(&frame, PROTOCOL_VERSION);
    put_text(&frame, command_name);
    put_int(&frame, (uint32_t) (argc - 1));
    for (int i = 1; i < argc; i++) {
        put_text(&frame, argv[i]);
    }
    for (char **at = environ; *at != NULL; at++) {
        variables += (uint32_t) is_wanted_variable(*at);
    }
    put_int(&frame, variables);
    for (char **at = environ; *at != NULL; at++) {
        if (is_wanted_variable(*at)) {
            const char *equals = strchr(*at, '=');
            put_bytes(&frame, *at, (size_t) (equals - *at));
            put_text(&frame, equals + 1);
        }
    }
    send_frame(fd, &frame);
    free(frame.bytes);
}

static int serve(int fd, int argc, char **argv)
{
    struct buffer frame = {0};
    for (;;) {
        unsigned type = receive(fd, &frame);
        size_t length;
        unsigned char *bytes;
        switch (type) {
        case OUTPUT:
        case ERROR_OUTPUT:
            bytes = take_bytes(&frame, &length);
            if (write_all(type == OUTPUT ? STDOUT_FILENO : STDERR_FILENO, bytes, length) != 0) {
                return EX_IO;
            }
            break;
        case READ_INPUT:
            answer_read_input(fd, &frame);
            break;
        case READ_KEYS:
            answer_read_keys(fd, &frame);
            break;
        case FILE_CALL:
            answer_file_call(fd, &frame);
            break;
        case RUN_PROGRAM:
            answer_run_program(fd, &frame);
            break;
        case GO_TO_BACKGROUND:
            answer_go_to_background(fd);
            break;
        case EXIT:
            return (int) take_int(&frame);
        case RUN_YOURSELF:
            run_yourself(argc, argv);
            break;
        default:
            die(EX_IO, "the daemon sent an unexpected frame");
        }
    }
}

int main(int argc, char **argv)
{
    const char *slash = strrchr(argv[0], '/');
    command_name = slash ? slash + 1 : argv[0];
    if (strcmp(command_name, "holdfast-client") == 0) {
        if (argc < 2) {
            die(64, "which command?");
        }
        argc--;
        argv++;
        command_name = argv[0];
    }
    if (getenv("CIB_file") == NULL) {
        int fd = connect_to_daemon();
        if (fd >= 0) {
            send_command(fd, argc, argv);
            return serve(fd, argc, argv);
        }
    }
    run_yourself(argc, argv);
}
