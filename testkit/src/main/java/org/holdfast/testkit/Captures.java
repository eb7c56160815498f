package org.holdfast.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Datagrams that real nodes sent: some in the project, all of the recordings where they are. */
public final class Captures {

    private static final int PCAP_HEADER_BYTES = 24;
    private static final int RECORD_HEADER_BYTES = 16;
    private static final int ETHERNET_BYTES = 14;
    private static final int UDP_BYTES = 8;
    private static final int PROTOCOL_UDP = 17;

    private Captures() {}

    /** The frames in the project. */
    public static List<byte[]> ofProject() {
        try (InputStream in =
                Objects.requireNonNull(
                        Captures.class.getResourceAsStream("corosync-3.1.7-frames.hex"))) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .map(HexFormat.of()::parseHex)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All recordings of the directory that lies beside the project; empty without one. */
    public static List<Path> recordings() {
        for (Path dir = Path.of("").toAbsolutePath(); dir != null; dir = dir.getParent()) {
            Path captures = dir.resolve("shared/peers/captures");
            if (Files.isDirectory(captures)) {
                try (Stream<Path> files = Files.list(captures)) {
                    return files.filter(file -> file.toString().endsWith(".pcap"))
                            .sorted()
                            .toList();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return List.of();
    }

    /** The UDP payloads of a recording, in order. */
    public static List<byte[]> read(Path pcap) {
        byte[] file;
        try {
            file = Files.readAllBytes(pcap);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ByteBuffer records = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        List<byte[]> payloads = new ArrayList<>();
        int at = PCAP_HEADER_BYTES;
        while (at < file.length) {
            int captured = records.getInt(at + 8);
            int ip = at + RECORD_HEADER_BYTES + ETHERNET_BYTES;
            boolean isUdp =
                    (file[ip - 2] & 0xFF) == 0x08
                            && file[ip - 1] == 0
                            && file[ip + 9] == PROTOCOL_UDP;
            if (isUdp) {
                int udp = ip + (file[ip] & 0x0F) * 4;
                int length = (file[udp + 4] & 0xFF) << 8 | file[udp + 5] & 0xFF;
                payloads.add(Arrays.copyOfRange(file, udp + UDP_BYTES, udp + length));
            }
            at += RECORD_HEADER_BYTES + captured;
        }
        return payloads;
    }
}
