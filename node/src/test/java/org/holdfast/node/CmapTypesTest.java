package org.holdfast.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Programs cannot put values into the map that its readers could not read. */
class CmapTypesTest {

    @ParameterizedTest
    @CsvSource({
        "u8,255,true",
        "u8,256,false",
        "u8,-1,false",
        "i8,-128,true",
        "i8,128,false",
        "u64,18446744073709551615,true",
        "u64,18446744073709551616,false",
        "i64,-9223372036854775808,true",
        "i64,9223372036854775808,false",
        "u32,x,false",
        "flt,1.5,true",
        "dbl,nan,true",
        "dbl,-inf,true",
        "dbl,1e,false",
        "str,anything,true",
        "foo,1,false"
    })
    void takeTheirValues(String type, String value, boolean fits) {
        assertThat(CmapTypes.fits(type, value)).isEqualTo(fits);
    }
}
