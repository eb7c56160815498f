package org.holdfast.tools.remote;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class InputBudgetTest {

    private static final int MIB = 1 << 20;

    private final InputBudget budget = new InputBudget(4 * MIB, 0);

    @Test
    void largeInputsShareTheRoom() throws IOException {
        InputBudget.Share one = budget.share();
        InputBudget.Share other = budget.share();
        one.take(3 * MIB);
        assertThatThrownBy(() -> other.take(3 * MIB))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("busy");
        other.release();
        one.release();
        other.take(4 * MIB);
        other.release();
    }

    @Test
    void smallInputsNeedNoRoom() throws IOException {
        InputBudget.Share all = budget.share();
        all.take(4 * MIB + (256 << 10));
        budget.share().take(200_000);
        InputBudget.Share many = budget.share();
        many.take(200_000);
        assertThatThrownBy(() -> many.take(200_000)).hasMessageContaining("busy");
        all.release();
    }

    @Test
    void whatDoesNotFitAtAllIsRefusedAtOnce() {
        InputBudget.Share share = budget.share();
        assertThatThrownBy(
                        () -> {
                            for (int i = 0; i < 10; i++) {
                                share.take(MIB);
                            }
                        })
                .isInstanceOf(IOException.class)
                .hasMessageContaining("at most 4 MiB");
    }
}
