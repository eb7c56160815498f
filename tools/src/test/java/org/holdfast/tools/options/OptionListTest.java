package org.holdfast.tools.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OptionListTest {

    private static final Set<String> TYPES =
            Set.of(
                    "boolean",
                    "duration",
                    "timeout",
                    "select",
                    "string",
                    "version",
                    "score",
                    "integer",
                    "nonnegative_integer",
                    "percentage",
                    "port");

    @Test
    void everyOptionIsComplete() {
        for (OptionList list : OptionList.values()) {
            for (ClusterOption option : list.options()) {
                assertThat(TYPES).as(option.name()).contains(option.type());
                assertThat(option.shortText()).as(option.name()).isNotBlank();
                assertThat(option.type().equals("select"))
                        .as(option.name())
                        .isEqualTo(!option.values().isEmpty());
                if (option.fallback() != null && !option.values().isEmpty()) {
                    assertThat(option.values()).contains(option.fallback());
                }
            }
        }
    }

    @Test
    void listsWhatPacemaker3Lists() {
        assertThat(OptionList.CLUSTER.options()).hasSize(56);
        assertThat(OptionList.PRIMITIVE.options()).hasSize(18);
        assertThat(OptionList.FENCING.options()).hasSize(25);
        assertThat(daemon("schedulerd")).hasSize(36);
        assertThat(daemon("controld")).hasSize(18);
        assertThat(daemon("based")).containsExactly("enable-acl", "cluster-ipc-limit");
    }

    @Test
    void aReplacementIsAnOptionToo() {
        List<String> names =
                OptionList.CLUSTER.options().stream().map(ClusterOption::name).toList();
        for (ClusterOption option : OptionList.CLUSTER.options()) {
            if (option.replacement() != null) {
                assertThat(names).contains(option.replacement());
            }
        }
    }

    private static List<String> daemon(String name) {
        return OptionList.CLUSTER.options().stream()
                .filter(option -> option.daemon().equals(name))
                .map(ClusterOption::name)
                .toList();
    }
}
