package org.holdfast.simulator.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Loads the project's classes a second time, some of them changed. */
abstract class ChangedCode extends ClassLoader {

    private static final String OURS = "org.holdfast.";

    ChangedCode(ClassLoader parent) {
        super(parent);
    }

    /** A class of the project as it is to be loaded; the same bytes if nothing is to change. */
    abstract byte[] change(String name, byte[] bytes);

    @Override
    protected final Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            return name.startsWith(OURS) ? define(name) : super.loadClass(name, resolve);
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try (InputStream stream =
                getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (stream == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] changed = change(name, stream.readAllBytes());
            return defineClass(name, changed, 0, changed.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
