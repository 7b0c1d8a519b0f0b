package dev.kossel.engine.record;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChemicalSymbolTest {

    @ParameterizedTest
    @CsvSource({"Zn,Zn", "Zn2+,Zn", "Zn2+·6H2O,Zn", "Na (SEI),Na", "H2,H", "SEI,X", "NaCl,X", "zn,X", "Inert,X", "2H,X"
    })
    void shouldNameTheElementThatANameBeginsWith(String name, String symbol) {
        assertThat(ChemicalSymbol.of(name)).isEqualTo(symbol);
    }
}
