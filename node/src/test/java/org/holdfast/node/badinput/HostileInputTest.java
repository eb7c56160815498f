package org.holdfast.node.badinput;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Documents and expressions that are made to take all time or all memory. */
class HostileInputTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final List<String> READERS =
            List.of(
                    "CIB_file=CIB cibadmin -R -x BAD",
                    "CIB_file=CIB cibadmin -M -p",
                    "CIB_file=CIB cibadmin -C -o resources -X TEXT",
                    "CIB_file=CIB cibadmin -P -x BAD",
                    "CIB_file=BAD cibadmin -Q",
                    "crm_verify -x BAD -V",
                    "crm_simulate -x BAD -S",
                    "crm_diff -o CIB -n BAD",
                    "crm_rule -c -r r -X TEXT",
                    "pcs -f BAD config");

    private static final List<String> LONG_BUT_SOUND = List.of("comments", "instructions");

    private static Map<String, String> documents() {
        Map<String, String> documents = new LinkedHashMap<>();
        documents.put("deep", "<a>".repeat(100_000));
        documents.put("deep and whole", "<a>".repeat(100_000) + "</a>".repeat(100_000));
        StringBuilder attributes = new StringBuilder("<cib");
        for (int i = 0; i < 1_000_000; i++) {
            attributes.append(" a").append(i).append("=\"\"");
        }
        documents.put("attributes", attributes.append("/>").toString());
        documents.put("long value", "<cib a=\"" + "x".repeat(20_000_000) + "\"/>");
        documents.put("long text", "<cib>" + "x".repeat(20_000_000) + "</cib>");
        documents.put("long name", "<" + "x".repeat(5_000_000) + "/>");
        StringBuilder laughs = new StringBuilder("<!DOCTYPE cib [<!ENTITY e0 \"ha\">");
        for (int i = 1; i < 40; i++) {
            laughs.append("<!ENTITY e%d \"&e%d;&e%d;\">".formatted(i, i - 1, i - 1));
        }
        documents.put("entities", laughs.append("]><cib a=\"&e39;\">&e39;</cib>").toString());
        documents.put(
                "outside",
                "<!DOCTYPE cib [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><cib a=\"b\">&x;</cib>");
        documents.put(
                "outside definitions",
                "<!DOCTYPE cib SYSTEM \"http://127.0.0.1:1/x.dtd\"><cib a=\"b\">&x;</cib>");
        documents.put("comments", "<cib>" + "<!-- x -->".repeat(500_000) + "</cib>");
        documents.put("instructions", "<?x y?>".repeat(500_000) + "<cib/>");
        return documents;
    }

    @Test
    void documentsEndInTime() {
        documents()
                .forEach((name, text) -> {
                    byte[] bad = text.getBytes(UTF_8);
                    for (String line : READERS) {
                        int returnCode = runWithin(line, bad);
                        if (!LONG_BUT_SOUND.contains(name)) {
                            assertThat(returnCode).as(name + ": " + line).isNotZero();
                        }
                    }
                });
    }

    @Test
    void expressionsEndInTime() {
        List<String> paths =
                List.of(
                        "(".repeat(100_000),
                        "//*" + "[.".repeat(50_000),
                        "//*" + "[//*".repeat(40) + "]".repeat(40),
                        "//*" + "/..//*".repeat(2_000),
                        "//*" + "|//*".repeat(20_000),
                        "//*[" + "not(".repeat(50_000),
                        "//*[count(//*/ancestor::*/descendant::*/ancestor::*/descendant::*) > 0]",
                        "//node()"
                                + "/ancestor-or-self::node()/descendant-or-self::node()".repeat(30),
                        "-".repeat(100_000) + "1",
                        "//*[" + "1+".repeat(50_000) + "1]",
                        "//*[contains(" + "concat(@id,".repeat(5_000) + "'x'",
                        "//@*".repeat(3_000));
        for (String path : paths) {
            for (String line :
                    List.of(
                            "CIB_file=CIB cibadmin -Q -A TEXT",
                            "CIB_file=CIB cibadmin -Q -e -A TEXT",
                            "CIB_file=CIB cibadmin -d -A TEXT -f")) {
                runWithin(line, path.getBytes(UTF_8));
            }
        }
    }

    /** The exit code. */
    private static int runWithin(String line, byte[] bad) {
        MemoryFiles files = new MemoryFiles();
        files.put("bad.xml", bad);
        files.put("cib.xml", Corpus.sound());
        long begin = System.nanoTime();
        int returnCode = new OfflineDoor.Run(line, bad, files, null).run();
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .as(line + " with " + new String(bad, 0, Math.min(60, bad.length), UTF_8))
                .isLessThan(PATIENCE);
        return returnCode;
    }
}
