package org.holdfast.tools.remote;

import java.io.IOException;
import java.util.List;
import org.holdfast.tools.FileAccess;
import org.holdfast.tools.remote.Frame.FileAction;
import org.holdfast.tools.remote.Frame.FileCall;
import org.holdfast.tools.remote.Frame.FileReply;

/** The files of a thin client's user, by way of the client's process. For one session's thread. */
final class RemoteFileAccess implements FileAccess {

    private static final byte[] NOTHING = {};

    private final ServerSession session;

    RemoteFileAccess(ServerSession session) {
        this.session = session;
    }

    @Override
    public boolean exists(String path) {
        return flag(FileAction.EXISTS, path);
    }

    @Override
    public boolean isDirectory(String path) {
        return flag(FileAction.IS_DIRECTORY, path);
    }

    @Override
    public byte[] read(String path) throws IOException {
        return call(FileAction.READ, path, NOTHING).content();
    }

    @Override
    public void write(String path, byte[] content) throws IOException {
        call(FileAction.WRITE, path, content);
    }

    @Override
    public void delete(String path) throws IOException {
        call(FileAction.DELETE, path, NOTHING);
    }

    @Override
    public void createDirectories(String path) throws IOException {
        call(FileAction.CREATE_DIRECTORIES, path, NOTHING);
    }

    @Override
    public List<String> list(String path) throws IOException {
        return call(FileAction.LIST, path, NOTHING).names();
    }

    private boolean flag(FileAction action, String path) {
        try {
            return call(action, path, NOTHING).flag();
        } catch (IOException e) {
            return false; // the client refused, or is gone: the next write to it will tell
        }
    }

    private FileReply call(FileAction action, String path, byte[] content) throws IOException {
        Frame answer = session.ask(new FileCall(action, path, content));
        if (!(answer instanceof FileReply reply)) {
            throw new IOException("the client sent an unexpected answer");
        }
        if (reply.error() != null) {
            throw new IOException(reply.error());
        }
        return reply;
    }
}
