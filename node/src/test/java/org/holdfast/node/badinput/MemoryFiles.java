package org.holdfast.node.badinput;

import java.io.IOException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.holdfast.tools.FileAccess;
import org.jspecify.annotations.Nullable;

/** A directory in memory. */
final class MemoryFiles implements FileAccess {

    private final SortedMap<String, byte[]> files = new TreeMap<>();

    void put(String path, byte[] content) {
        files.put(path, content);
    }

    byte @Nullable [] get(String path) {
        return files.get(path);
    }

    @Override
    public boolean exists(String path) {
        return files.containsKey(path) || isDirectory(path);
    }

    @Override
    public boolean isDirectory(String path) {
        return path.equals(".") || path.equals("/tmp");
    }

    @Override
    public byte[] read(String path) throws IOException {
        byte[] content = files.get(path);
        if (content == null) {
            throw new IOException("No such file or directory");
        }
        return content;
    }

    @Override
    public void write(String path, byte[] content) {
        files.put(path, content);
    }

    @Override
    public void delete(String path) throws IOException {
        if (files.remove(path) == null) {
            throw new IOException("No such file or directory");
        }
    }

    @Override
    public void createDirectories(String path) {
        // there are none
    }

    @Override
    public List<String> list(String path) {
        return List.copyOf(files.keySet());
    }
}
