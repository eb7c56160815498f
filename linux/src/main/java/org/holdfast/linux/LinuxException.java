package org.holdfast.linux;

import java.io.IOException;

/** A system call failed. */
public final class LinuxException extends IOException {

    private static final long serialVersionUID = 1L;

    private final int errno;

    LinuxException(String call, int errno) {
        super(call + ": " + Libc.errorText(errno));
        this.errno = errno;
    }

    /** The error's number, as errno(3) names them. */
    public int errno() {
        return errno;
    }
}
