package org.holdfast.interop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Files that are no CIBs, each in another way, and some of them as large as they get. */
final class HostileDocuments {

    private static final int ELEMENTS = 12_000;

    private final Path directory;
    private final List<String> names = new ArrayList<>();

    private interface Content {
        void write(BufferedWriter out) throws IOException;
    }

    /** Writes them into a directory. */
    HostileDocuments(Path directory) throws IOException {
        this.directory = directory;
        text("attributes-10m", out -> attributes(out, 10_000_000));
        text("attributes-2m", out -> attributes(out, 2_000_000));
        text("value-60mb", out -> value(out, 60));
        text("value-20mb", out -> value(out, 20));
        text(
                "text-20mb",
                out -> {
                    out.write("<cib>");
                    repeat(out, "x".repeat(1 << 20), 20);
                    out.write("</cib>");
                });
        text(
                "deep-1m",
                out -> {
                    repeat(out, "<a>", 1_000_000);
                    repeat(out, "</a>", 1_000_000);
                });
        text(
                "elements-5m",
                out -> {
                    out.write("<cib>");
                    repeat(out, "<a/>", 5_000_000);
                    out.write("</cib>");
                });
        text(
                "entities",
                out -> {
                    out.write("<!DOCTYPE cib [<!ENTITY e0 \"ha\">");
                    for (int i = 1; i < 40; i++) {
                        out.write("<!ENTITY e%d \"&e%d;&e%d;\">".formatted(i, i - 1, i - 1));
                    }
                    out.write("]><cib a=\"&e39;\">&e39;</cib>");
                });
        text(
                "outside",
                out ->
                        out.write(
                                "<!DOCTYPE cib [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><cib a=\"b\">&x;</cib>"));
        text("truncated", out -> out.write(cib().substring(0, 5_000_000)));
        bytes("nul", ("<cib a=\"" + "\0".repeat(1000) + "\"/>").getBytes(UTF_8));
        bytes("bad-utf8", "<cib a=\"\u00e9\u00ff\u00c0\"/>".getBytes(ISO_8859_1));
        bytes("nothing", new byte[0]);
        try (RandomAccessFile gigabyte = file("gigabyte")) {
            gigabyte.write("<cib>".getBytes(UTF_8));
            gigabyte.setLength(1L << 30);
        }
    }

    /** The files' names. */
    List<String> names() {
        return names;
    }

    /** A sound CIB of some 10 MB, most of it templates, which make the cluster no work. */
    static String cib() {
        StringBuilder all = new StringBuilder(11 << 20);
        all.append("<cib validate-with=\"pacemaker-4.0\" admin_epoch=\"1\" epoch=\"1\"");
        all.append(" num_updates=\"0\"><configuration><crm_config>");
        all.append("<cluster_property_set id=\"p\"><nvpair id=\"p-f\" name=\"fencing-enabled\"");
        all.append(" value=\"false\"/></cluster_property_set></crm_config><nodes>");
        for (int i = 1; i <= 3; i++) {
            all.append("<node id=\"%d\" uname=\"n%d\"/>".formatted(i, i));
        }
        all.append("</nodes><resources>");
        for (int i = 0; i < ELEMENTS; i++) {
            String id = "t" + i;
            all.append("<template id=\"").append(id);
            all.append("\" class=\"ocf\" provider=\"pacemaker\" type=\"Dummy\">");
            all.append("<meta_attributes id=\"").append(id).append("-m\">");
            for (int k = 0; k < 8; k++) {
                all.append("<nvpair id=\"").append(id).append("-m-").append(k);
                all.append("\" name=\"name-").append(k).append("\" value=\"value of ");
                all.append(id).append(" for ").append(k).append("\"/>");
            }
            all.append("</meta_attributes></template>");
        }
        all.append("</resources><constraints/></configuration><status/></cib>");
        return all.toString();
    }

    private static void attributes(BufferedWriter out, int count) throws IOException {
        out.write("<cib");
        for (int i = 0; i < count; i++) {
            out.write(" a" + i + "=\"\"");
        }
        out.write("/>");
    }

    private static void value(BufferedWriter out, int megabytes) throws IOException {
        out.write("<cib a=\"");
        repeat(out, "x".repeat(1 << 20), megabytes);
        out.write("\"/>");
    }

    private static void repeat(BufferedWriter out, String part, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            out.write(part);
        }
    }

    private void text(String name, Content content) throws IOException {
        names.add(name);
        try (BufferedWriter out = Files.newBufferedWriter(directory.resolve(name))) {
            content.write(out);
        }
    }

    private void bytes(String name, byte[] content) throws IOException {
        names.add(name);
        Files.write(directory.resolve(name), content);
    }

    private RandomAccessFile file(String name) throws IOException {
        names.add(name);
        return new RandomAccessFile(directory.resolve(name).toFile(), "rw");
    }
}
