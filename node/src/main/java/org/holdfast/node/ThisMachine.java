package org.holdfast.node;

import java.io.IOException;
import java.io.InputStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.holdfast.corosyncconf.ClusterConf;
import org.holdfast.corosyncconf.Machine;
import org.holdfast.linux.UserGroups;
import org.holdfast.storage.NodeFiles;

/** The machine that a configuration is tested for. */
final class ThisMachine implements Machine {

    private static final int KEY_BYTES_MIN = 128;
    private static final int BITS = 8;
    private static final long UNSIGNED_MAX = 0xFFFF_FFFFL;

    private final NodeFiles files;
    private final ToIntFunction<ClusterConf> localNode;

    ThisMachine(NodeFiles files, ToIntFunction<ClusterConf> localNode) {
        this.files = files;
        this.localNode = localNode;
    }

    @Override
    public boolean isKnown(String name, boolean group) {
        if (name.matches("\\+?[0-9]{1,10}")) {
            // The highest number is how Corosync tells that there is none.
            return Long.parseLong(name) < UNSIGNED_MAX;
        }
        return (group ? UserGroups.gid(name) : UserGroups.uid(name)).isPresent();
    }

    @Override
    public int localNode(ClusterConf conf) {
        return localNode.applyAsInt(conf);
    }

    @Override
    public Optional<String> problemWithKey(String path) {
        Path file = files.below(path);
        try (InputStream in = Files.newInputStream(file)) {
            int bytes = in.readNBytes(KEY_BYTES_MIN).length;
            return bytes >= KEY_BYTES_MIN
                    ? Optional.empty()
                    : Optional.of(
                            "Could only read %d bits of minimum %d bits from %s."
                                    .formatted(bytes * BITS, KEY_BYTES_MIN * BITS, path));
        } catch (NoSuchFileException e) {
            return Optional.of("Could not open " + path + ": No such file or directory");
        } catch (IOException e) {
            return Optional.of(
                    Files.isDirectory(file)
                            ? "Could not read " + path + ": Is a directory"
                            : "Could not open " + path + ": Permission denied");
        }
    }

    @Override
    public Optional<String> problemWithDirectory(String path) {
        Path directory = files.below(path);
        if (Files.isDirectory(directory)) {
            return Optional.empty();
        }
        boolean usual = path.equals(ClusterConf.DEFAULT_STATE_DIRECTORY);
        // The usual one is made at the first start.
        return usual
                ? Optional.empty()
                : Optional.of(
                        Files.exists(directory) ? "Not a directory" : "No such file or directory");
    }

    @Override
    public Optional<String> resolve(String name, String ipVersion) {
        if (name.isEmpty()) {
            return Optional.empty();
        }
        boolean six = ipVersion.startsWith("ipv6");
        boolean strict = ipVersion.equals("ipv4") || ipVersion.equals("ipv6");
        Optional<String> number = numeric(name);
        if (number.isPresent()) {
            boolean isSix = number.get().contains(":");
            return strict && isSix != six ? Optional.empty() : number;
        }
        List<String> found = new ArrayList<>();
        for (InetAddress address : lookUp(name)) {
            String text = text(address);
            if (text.contains(":") == six) {
                return Optional.of(text);
            }
            found.add(text);
        }
        return strict || found.isEmpty() ? Optional.empty() : Optional.of(found.getFirst());
    }

    private static InetAddress[] lookUp(String name) {
        try {
            return name.matches("[!-~]+") && !name.contains(":")
                    ? InetAddress.getAllByName(name)
                    : new InetAddress[0];
        } catch (UnknownHostException | IllegalArgumentException e) {
            return new InetAddress[0];
        }
    }

    /** Addresses in numbers, of IPv4 in all forms of inet_aton(3). */
    private static Optional<String> numeric(String name) {
        if (name.contains(":")) {
            try {
                return name.matches("[0-9a-fA-F:.]+(%[^ ]*)?")
                        ? Optional.of(six(InetAddress.getByName(name)))
                        : Optional.empty();
            } catch (UnknownHostException e) {
                return Optional.empty();
            }
        }
        String[] parts = name.split("\\.", -1);
        if (parts.length > 4) {
            return Optional.empty();
        }
        long bits = 0;
        for (int i = 0; i < parts.length; i++) {
            long part = number(parts[i]);
            boolean last = i == parts.length - 1;
            int width = last ? (5 - parts.length) * BITS : BITS;
            if (part < 0 || part >= 1L << width) {
                return Optional.empty();
            }
            bits = bits << width | part;
        }
        return Optional.of(
                "%d.%d.%d.%d"
                        .formatted(
                                bits >> 24 & 0xFF,
                                bits >> 16 & 0xFF,
                                bits >> 8 & 0xFF,
                                bits & 0xFF));
    }

    /** Decimal, octal or hexadecimal as in C; -1 if it is none. */
    private static long number(String text) {
        if (text.matches("0[xX][0-9a-fA-F]{1,8}|0[0-7]{0,11}|[1-9][0-9]{0,9}")) {
            return Long.decode(text);
        }
        return -1;
    }

    private static String text(InetAddress address) {
        return address instanceof Inet4Address ? address.getHostAddress() : six(address);
    }

    /** As inet_ntop(3): the longest run of zeros left out. */
    private static String six(InetAddress address) {
        if (address instanceof Inet4Address) {
            return "::ffff:" + address.getHostAddress();
        }
        byte[] bytes = address.getAddress();
        int[] words = new int[8];
        for (int i = 0; i < words.length; i++) {
            words[i] = (bytes[2 * i] & 0xFF) << BITS | bytes[2 * i + 1] & 0xFF;
        }
        int start = -1;
        int length = 1;
        for (int i = 0; i < words.length; i++) {
            int run = 0;
            while (i + run < words.length && words[i + run] == 0) {
                run++;
            }
            if (run > length) {
                start = i;
                length = run;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < words.length; i++) {
            if (i == start) {
                text.append(i == 0 ? "::" : ":");
                i += length - 1;
                continue;
            }
            text.append(Integer.toHexString(words[i]));
            text.append(i == words.length - 1 ? "" : ":");
        }
        return text.toString();
    }
}
