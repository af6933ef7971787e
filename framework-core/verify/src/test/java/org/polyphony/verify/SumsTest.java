package org.polyphony.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SumsTest {

    @Test
    void sum_termsThatCancel_keepWhatIsLeft() {
        assertThat(Sums.sum(new double[] {1, 1e16, 1, -1e16})).isEqualTo(2);
    }

    @Test
    void value_longDotProduct_isRoundedOnce() {
        var random = new SplittableRandom(2);
        var sum = new Sums();
        var exact = BigDecimal.ZERO;
        for (int i = 0; i < 100_000; i++) {
            double x = random.nextDouble(-1, 1);
            double y = random.nextDouble(-1, 1);
            sum.addProduct(x, y);
            exact = exact.add(new BigDecimal(x).multiply(new BigDecimal(y)));
        }

        assertThat(sum.value()).isEqualTo(exact.doubleValue());
    }
}
