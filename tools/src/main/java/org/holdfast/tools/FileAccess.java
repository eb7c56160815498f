package org.holdfast.tools;

import java.io.IOException;
import java.util.List;

/**
 * Files that a command's user names. In the daemon these calls travel back to the user's own
 * process, so that a command can never read or write more than its user may.
 *
 * <p>Paths are as the user gave them, relative to the user's directory.
 */
public interface FileAccess {

    /** Whether a file or directory of that name exists. */
    boolean exists(String path);

    /** Whether it is a directory. */
    boolean isDirectory(String path);

    /**
     * The whole content.
     *
     * @throws IOException with the system's reason ("No such file or directory")
     */
    byte[] read(String path) throws IOException;

    /**
     * Writes the whole content, by way of a temporary file and a rename, so that a reader sees the
     * old or the new content and never a part.
     *
     * @throws IOException with the system's reason
     */
    void write(String path, byte[] content) throws IOException;

    /**
     * Removes a file.
     *
     * @throws IOException with the system's reason
     */
    void delete(String path) throws IOException;

    /**
     * Creates a directory and its parents.
     *
     * @throws IOException with the system's reason
     */
    void createDirectories(String path) throws IOException;

    /**
     * Names in a directory, sorted.
     *
     * @throws IOException with the system's reason
     */
    List<String> list(String path) throws IOException;

    /**
     * The beginning of a file, which may be a device without an end.
     *
     * @param path as the user typed it
     * @param bytesMax how much to read at most
     * @return that many bytes, fewer if the file ends before
     * @throws IOException with the system's reason
     */
    default byte[] readStart(String path, int bytesMax) throws IOException {
        throw new IOException("this can only be read by the user's own process");
    }

    /**
     * Replaces a file's content by a secret that its owner alone may read (mode 0400).
     *
     * @param path as the user typed it
     * @param content the whole content
     * @throws IOException with the system's reason
     */
    default void writeSecret(String path, byte[] content) throws IOException {
        throw new IOException("this can only be written by the user's own process");
    }
}
