package org.holdfast.node.badinput;

import java.util.List;
import org.holdfast.kernel.SeededRandom;

/** XPath expressions that nobody in his right mind would write, to commands that take one. */
final class XPathDoor implements Door {

    private static final List<String> PIECES =
            List.of(
                    "/",
                    "//",
                    "cib",
                    "configuration",
                    "primitive",
                    "nvpair",
                    "*",
                    "@id",
                    "@*",
                    "[",
                    "]",
                    "1",
                    "'A'",
                    "=",
                    "!=",
                    " and ",
                    " or ",
                    "not(",
                    ")",
                    "(",
                    "position()",
                    "last()",
                    "count(",
                    "contains(@id,'A')",
                    "..",
                    ".",
                    "|",
                    "text()",
                    "node()",
                    "-",
                    "+",
                    "ancestor::",
                    "ancestor::node()",
                    "following-sibling::*",
                    "starts-with(",
                    ",",
                    "@id='A'",
                    "descendant-or-self::node()",
                    "//*[",
                    "//*|//*",
                    "[//*[//*[//*]]]",
                    "((((",
                    "))))",
                    "concat(",
                    "string-length(",
                    "sum(//@*)",
                    "$x",
                    "\u00e9",
                    "\"",
                    "'",
                    "1 div 0",
                    "9999999999999999999999",
                    "preceding::*");

    private static final List<String> COMMANDS =
            List.of(
                    "CIB_file=CIB cibadmin -Q -A",
                    "CIB_file=CIB cibadmin -D -A",
                    "CIB_file=CIB cibadmin -Q -e -A",
                    "CIB_file=CIB cibadmin -M -x CIB -A",
                    "CIB_file=CIB crm_ticket -t");

    @Override
    public String feed(Mutator mutator, SeededRandom random) throws Exception {
        StringBuilder path = new StringBuilder();
        if (random.chance(0.6)) {
            path.append("//*[");
        }
        int pieces = random.chance(0.95) ? random.nextInt(25) : random.nextInt(3_000);
        for (int i = 0; i < pieces; i++) {
            path.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        MemoryFiles files = new MemoryFiles();
        files.put("cib.xml", Corpus.sound());
        String line = COMMANDS.get(random.nextInt(COMMANDS.size()));
        byte[] text = path.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
        int returnCode = new OfflineDoor.Run(line + " TEXT", text, files, null).run();
        return returnCode == 0 ? "done" : "refused";
    }
}
