package org.holdfast.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * posix_spawn(3) with what a cluster's agents need: a new process group, default signal handling,
 * no input, two pipes for output, and no other file of ours. The last matters: the Java runtime
 * leaves sockets open across exec, and a service that an agent starts would hold our ring's port
 * for as long as it runs.
 */
final class SpawnCall {

    private static final int SET_GROUP = 0x02;
    private static final int SET_DEFAULT_SIGNALS = 0x04;
    private static final int SET_SIGNAL_MASK = 0x08;

    private static final int STDIN = 0;
    private static final int STDOUT = 1;
    private static final int STDERR = 2;

    /** More than posix_spawnattr_t, posix_spawn_file_actions_t and sigset_t need anywhere. */
    private static final int OPAQUE_BYTES = 1024;

    private static final long SYS_CLOSE_RANGE = 436;
    private static final int CLOSE_RANGE_CLOEXEC = 4;

    private static final Libc.Function SPAWN = Libc.intFunction("posix_spawn");
    private static final Libc.Function ATTRIBUTES_INIT = Libc.intFunction("posix_spawnattr_init");
    private static final Libc.Function SET_FLAGS = Libc.intFunction("posix_spawnattr_setflags");
    private static final Libc.Function SET_PROCESS_GROUP =
            Libc.intFunction("posix_spawnattr_setpgroup");
    private static final Libc.Function SET_SIGDEFAULT =
            Libc.intFunction("posix_spawnattr_setsigdefault");
    private static final Libc.Function SET_SIGMASK = Libc.intFunction("posix_spawnattr_setsigmask");
    private static final Libc.Function SIGNALS_FILL = Libc.intFunction("sigfillset");
    private static final Libc.Function SIGNALS_EMPTY = Libc.intFunction("sigemptyset");
    private static final Libc.Function ACTIONS_INIT =
            Libc.intFunction("posix_spawn_file_actions_init");
    private static final Libc.Function ACTIONS_DESTROY =
            Libc.intFunction("posix_spawn_file_actions_destroy");
    private static final Libc.Function ADD_OPEN =
            Libc.intFunction("posix_spawn_file_actions_addopen");
    private static final Libc.Function ADD_DUP2 =
            Libc.intFunction("posix_spawn_file_actions_adddup2");
    private static final Optional<Libc.Function> ADD_CLOSE_FROM =
            Libc.find("posix_spawn_file_actions_addclosefrom_np");
    private static final Libc.Function SYSCALL = Libc.longFunction("syscall");

    private SpawnCall() {}

    /** Starts the program; its process id, which is also its group's. */
    static int spawn(SpawnRequest request, int stdout, int stderr) throws LinuxException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attributes = attributes(arena);
            MemorySegment actions = arena.allocate(OPAQUE_BYTES, 16);
            ACTIONS_INIT.checkZero(actions);
            try {
                ADD_OPEN.checkZero(actions, STDIN, arena.allocateFrom("/dev/null"), 0, 0);
                ADD_DUP2.checkZero(actions, stdout, STDOUT);
                ADD_DUP2.checkZero(actions, stderr, STDERR);
                closeOurFiles(actions);
                MemorySegment pid = arena.allocate(ValueLayout.JAVA_INT);
                SPAWN.checkZero(
                        pid,
                        arena.allocateFrom(request.program()),
                        actions,
                        attributes,
                        arguments(arena, request),
                        environment(arena, request));
                return pid.get(ValueLayout.JAVA_INT, 0);
            } finally {
                ACTIONS_DESTROY.call(actions);
            }
        }
    }

    private static void closeOurFiles(MemorySegment actions) throws LinuxException {
        if (ADD_CLOSE_FROM.isPresent()) {
            ADD_CLOSE_FROM.get().checkZero(actions, STDERR + 1);
        } else {
            // Older C libraries: mark all our files; what opens in between stays a small gap.
            SYSCALL.call(SYS_CLOSE_RANGE, STDERR + 1L, 0xFFFF_FFFFL, (long) CLOSE_RANGE_CLOEXEC);
        }
    }

    private static MemorySegment attributes(Arena arena) throws LinuxException {
        MemorySegment attributes = arena.allocate(OPAQUE_BYTES, 16);
        MemorySegment signals = arena.allocate(OPAQUE_BYTES, 16);
        ATTRIBUTES_INIT.checkZero(attributes);
        SET_FLAGS.checkZero(
                attributes, (short) (SET_GROUP | SET_DEFAULT_SIGNALS | SET_SIGNAL_MASK));
        SET_PROCESS_GROUP.checkZero(attributes, 0);
        SIGNALS_FILL.checkZero(signals);
        SET_SIGDEFAULT.checkZero(attributes, signals);
        SIGNALS_EMPTY.checkZero(signals);
        SET_SIGMASK.checkZero(attributes, signals);
        return attributes;
    }

    private static MemorySegment arguments(Arena arena, SpawnRequest request) {
        List<String> texts = new ArrayList<>();
        texts.add(request.program());
        texts.addAll(request.arguments());
        return textArray(arena, texts);
    }

    private static MemorySegment environment(Arena arena, SpawnRequest request) {
        return textArray(
                arena,
                request.environment().entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .toList());
    }

    private static MemorySegment textArray(Arena arena, List<String> texts) {
        MemorySegment array = arena.allocate(ValueLayout.ADDRESS, texts.size() + 1L);
        for (int i = 0; i < texts.size(); i++) {
            array.setAtIndex(ValueLayout.ADDRESS, i, arena.allocateFrom(texts.get(i)));
        }
        array.setAtIndex(ValueLayout.ADDRESS, texts.size(), MemorySegment.NULL);
        return array;
    }
}
