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

    /** Input/output error. */
    public static final int EIO = 5;

    /** Resource temporarily unavailable. */
    public static final int EAGAIN = 11;

    /** Permission denied. */
    public static final int EACCES = 13;

    /** Not a directory. */
    public static final int ENOTDIR = 20;

    /** Invalid argument. */
    public static final int EINVAL = 22;

    /** Broken pipe. */
    public static final int EPIPE = 32;

    /** Message too long. */
    public static final int EMSGSIZE = 90;

    /** Protocol not available. */
    public static final int ENOPROTOOPT = 92;

    /** Operation not supported. */
    public static final int EOPNOTSUPP = 95;

    /** No buffer space available. */
    public static final int ENOBUFS = 105;

    /** Connection refused. */
    public static final int ECONNREFUSED = 111;

    private Errno() {}

    /** The system's words for an error number. */
    public static String text(int errno) {
        return Libc.errorText(errno);
    }
}
