package org.holdfast.cli.demo;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * Asks the service one question by HTTP, as a client would.
 *
 * @param host address of the service
 * @param port its TCP port
 */
record WebProbe(String host, int port) {

    private static final int TIMEOUT_MILLIS = 300;
    private static final int ANSWER_BYTES_MAX = 64 << 10;

    /** The page, or the empty string if there was no good answer within a moment. */
    String ask() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream()
                    .write(("GET / HTTP/1.0\r\nHost: " + host + "\r\n\r\n").getBytes(US_ASCII));
            String answer = new String(socket.getInputStream().readNBytes(ANSWER_BYTES_MAX), UTF_8);
            int body = answer.indexOf("\r\n\r\n");
            boolean ok = answer.startsWith("HTTP/1.") && answer.contains(" 200 ");
            return ok && body > 0 ? answer.substring(body + 4).strip() : "";
        } catch (IOException e) {
            return "";
        }
    }

    /** The name of the node that served the page, or the empty string. */
    String servingNode() {
        String page = ask();
        String prefix = "served by ";
        return page.startsWith(prefix) ? page.substring(prefix.length()).strip() : "";
    }

    String url() {
        return "http://" + host + ":" + port + "/";
    }
}
