package org.holdfast.cli.demo;

/** The demo cannot go on; the message tells the user why and what to do. */
final class DemoException extends Exception {

    private static final long serialVersionUID = 1L;

    DemoException(String message) {
        super(message);
    }

    DemoException(String message, Throwable cause) {
        super(message, cause);
    }
}
