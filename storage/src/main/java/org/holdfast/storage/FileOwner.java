package org.holdfast.storage;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import org.jspecify.annotations.Nullable;

/**
 * Gives files to {@code hacluster:haclient}, the user of Pacemaker's daemons, so that a real
 * Pacemaker could take over; without root or without that user files keep their owner.
 */
final class FileOwner {

    private final @Nullable UserPrincipal user;
    private final @Nullable GroupPrincipal group;

    private FileOwner(@Nullable UserPrincipal user, @Nullable GroupPrincipal group) {
        this.user = user;
        this.group = group;
    }

    static FileOwner ofClusterUser() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return new FileOwner(null, null);
        }
        UserPrincipalLookupService names = FileSystems.getDefault().getUserPrincipalLookupService();
        try {
            return new FileOwner(
                    names.lookupPrincipalByName("hacluster"),
                    names.lookupPrincipalByGroupName("haclient"));
        } catch (IOException | UnsupportedOperationException noSuchUser) {
            return new FileOwner(null, null);
        }
    }

    void give(Path file) throws IOException {
        if (user == null || group == null) {
            return;
        }
        PosixFileAttributeView view =
                Files.getFileAttributeView(file, PosixFileAttributeView.class);
        view.setOwner(user);
        view.setGroup(group);
    }
}
