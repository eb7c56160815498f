package org.holdfast.corosyncconf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfParserTest {

    @Test
    void keepsOrderLinesAndNesting() throws ConfSyntaxException {
        ConfSection file =
                ConfParser.parse(
                        """
                        # a comment
                        totem {
                        \tversion:2
                            interface {
                                mcastport : 5405 \r
                            }
                            cluster_name: a: b # c
                        }
                        quorum{
                        }
                        """);

        ConfSection totem = file.sections("totem").getFirst();
        assertThat(totem.line()).isEqualTo(2);
        assertThat(totem.items())
                .containsExactly(
                        new ConfEntry("version", "2", 3),
                        new ConfSection(
                                "interface", List.of(new ConfEntry("mcastport", "5405", 5)), 4),
                        new ConfEntry("cluster_name", "a: b # c", 7));
        assertThat(file.sections("quorum").getFirst().items()).isEmpty();
    }

    @Test
    void theLastOfRepeatedKeysCounts() throws ConfSyntaxException {
        ConfSection file = ConfParser.parse("totem {\ntoken: 1\ntoken: 2\n}");
        assertThat(file.sections("totem").getFirst().value("token")).contains("2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "totem|1|Line is not opening or closing section or key value",
                "totem { x|1|Extra characters after opening bracket '{'",
                "{|1|Missing section name before opening bracket '{'",
                "}|1|Unexpected closing brace",
                "a {;} b|2|Extra characters before or after closing bracket '}'",
                "a {;b: 1|2|Missing closing brace",
                ": x|1|Key name can't be empty",
            })
    void namesTheWrongLineInCorosyncsWords(String text, int line, String reason) {
        assertThatThrownBy(() -> ConfParser.parse(text.replace(';', '\n')))
                .isInstanceOfSatisfying(
                        ConfSyntaxException.class,
                        e -> {
                            assertThat(e.line()).isEqualTo(line);
                            assertThat(e.reason()).isEqualTo(reason);
                        });
    }

    @Test
    void refusesLinesAndPathsThatCorosyncCannotHold() {
        assertThatThrownBy(() -> ConfParser.parse("a: " + "x".repeat(600)))
                .hasMessageContaining("Line too long");
        assertThatThrownBy(() -> ConfParser.parse("x".repeat(255) + ": 1"))
                .hasMessageContaining("New key makes total cmap path too long");
    }

    @Test
    void printsAsPcsDoes() throws ConfSyntaxException {
        String text =
                """
                totem {
                    version: 2
                    cluster_name: demo

                    interface {
                        mcastport: 5405
                    }
                }

                nodelist {
                    node {
                        ring0_addr: 10.0.0.1
                    }

                    node {
                        ring0_addr: 10.0.0.2
                    }
                }
                """;
        assertThat(ConfPrinter.print(ConfParser.parse(text))).isEqualTo(text);
    }
}
