package org.holdfast.linux;

/** The error numbers that our code tells apart; they are the same on all machines we run on. */
public final class Errno {

    /** Operation not permitted. */
    public static final int EPERM = 1;

    /** No such file or directory. */
    public static final int ENOENT = 2;

    /** No such process. */
    public static final int ESRCH = 3;

    /** Interrupted system call. */
    public static final int EINTR = 4;

    /** Exec format error. */
    public static final int ENOEXEC = 8;

    /** Resource temporarily unavailable. */
    public static final int EAGAIN = 11;

    /** Permission denied. */
    public static final int EACCES = 13;

    /** Not a directory. */
    public static final int ENOTDIR = 20;

    private Errno() {}
}
