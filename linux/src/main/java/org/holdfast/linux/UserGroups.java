package org.holdfast.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** A user's groups as the system's name service tells them, supplementary ones included. */
@SuppressWarnings("restricted") // calling C is what this module is for
public final class UserGroups {

    private static final int GROUPS_MAX = 4096;

    /** Place of pw_gid in struct passwd: two pointers and a uid_t before it. */
    private static final long PASSWD_GID_OFFSET = 20;

    private static final MethodHandle GETPWNAM = Libc.pointerFunction("getpwnam", Libc.POINTER);
    private static final MethodHandle GETGRGID = Libc.pointerFunction("getgrgid", Libc.INT);
    private static final Libc.Function GETGROUPLIST = Libc.intFunction("getgrouplist");

    /** Place of pw_uid in struct passwd and of gr_gid in struct group: two pointers before it. */
    private static final long ID_OFFSET = 16;

    private static final MethodHandle GETGRNAM = Libc.pointerFunction("getgrnam", Libc.POINTER);

    private UserGroups() {}

    /** A user's number; empty if there is no such user. As for {@link #of} it may block. */
    public static OptionalInt uid(String user) {
        return id(GETPWNAM, user);
    }

    /** A group's number; empty if there is no such group. As for {@link #of} it may block. */
    public static OptionalInt gid(String group) {
        return id(GETGRNAM, group);
    }

    private static synchronized OptionalInt id(MethodHandle lookup, String name) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment found = (MemorySegment) lookup.invokeExact(arena.allocateFrom(name));
            return found.equals(MemorySegment.NULL)
                    ? OptionalInt.empty()
                    : OptionalInt.of(
                            found.reinterpret(ID_OFFSET + Integer.BYTES)
                                    .get(ValueLayout.JAVA_INT, ID_OFFSET));
        } catch (Throwable e) {
            throw new IllegalStateException("number of " + name, e);
        }
    }

    /**
     * The names of all groups of a user, the primary one first; empty if there is no such user. May
     * ask a directory service and block; the C library's answers are not thread-safe, so one call
     * runs at a time.
     */
    public static synchronized List<String> of(String user) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocateFrom(user);
            MemorySegment passwd = (MemorySegment) GETPWNAM.invokeExact(name);
            if (passwd.equals(MemorySegment.NULL)) {
                return List.of();
            }
            int primary =
                    passwd.reinterpret(PASSWD_GID_OFFSET + Integer.BYTES)
                            .get(ValueLayout.JAVA_INT, PASSWD_GID_OFFSET);
            MemorySegment groups = arena.allocate(ValueLayout.JAVA_INT, GROUPS_MAX);
            MemorySegment count = arena.allocate(ValueLayout.JAVA_INT);
            count.set(ValueLayout.JAVA_INT, 0, GROUPS_MAX);
            GETGROUPLIST.call(name, primary, groups, count);
            int found = Math.clamp(count.get(ValueLayout.JAVA_INT, 0), 0, GROUPS_MAX);
            List<String> names = new ArrayList<>();
            for (int i = 0; i < found; i++) {
                addName(names, groups.getAtIndex(ValueLayout.JAVA_INT, i));
            }
            return List.copyOf(names);
        } catch (Throwable e) {
            throw new IllegalStateException("groups of " + user, e);
        }
    }

    private static void addName(List<String> names, int gid) throws Throwable {
        MemorySegment group = (MemorySegment) GETGRGID.invokeExact(gid);
        if (!group.equals(MemorySegment.NULL)) {
            MemorySegment name =
                    group.reinterpret(ValueLayout.ADDRESS.byteSize()).get(ValueLayout.ADDRESS, 0);
            names.add(Libc.text(name));
        }
    }
}
