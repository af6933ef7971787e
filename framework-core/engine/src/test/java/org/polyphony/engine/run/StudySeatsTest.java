package org.polyphony.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.polyphony.engine.plan.StudyPlan.Seats;
import org.polyphony.spi.preference.Judgments;
import org.polyphony.spi.profile.Seat;
import org.polyphony.spi.profile.Seating;
import org.polyphony.spi.testkit.TestJudgments;

class StudySeatsTest {

    private static final List<String> ROLE_AND_COUNTRY = List.of("role", "country");

    // annotators 0 and 1 are in Japan, 2 and 3 in the US, 4 and 5 in Japan; annotator n has the role roles[n]
    private static Judgments judgments(int... roles) {
        var built = TestJudgments.about(TestJudgments.candidates(2), roles.length, "role", "nurse", "patient");
        for (int n = 0; n < roles.length; n++) {
            built.pair(0, n, roles[n], 0, 1).pair(0, n, roles[n], 1, 0);
        }
        return TestJudgments.withAttribute(built.build(), "country", "jp", "us");
    }

    private static Seats crossed(int leastPeople) {
        return new Seats(ROLE_AND_COUNTRY, List.of(), Map.of(), leastPeople);
    }

    @Test
    void of_noAttribute_isOneSeatForEveryJudgment() {
        var seating = StudySeats.of(judgments(0, -1, 1), Seats.everyone()).seating();
        assertThat(seating.seats()).containsExactly(new Seat("everyone", Map.of()));
        assertThat(seating.seats(judgments(0, -1, 1))).containsOnly(0);
    }

    @Test
    void of_oneAttribute_isItsLevelsAndNobodyJoins() {
        var judgments = judgments(0, 1, -1);
        var seats = StudySeats.of(judgments, new Seats(List.of("role"), List.of(), Map.of(), 0));
        assertThat(seats.seating()).isEqualTo(Seating.of("role", List.of("nurse", "patient")));
        assertThat(seats.joined()).isEmpty();
        assertThat(seats.seating().seats(judgments)).containsExactly(0, 0, 1, 1, -1, -1);
        var patients = new Seats(List.of("role"), List.of("patient"), Map.of(), 0);
        assertThat(StudySeats.of(judgments, patients).seating().seats(judgments))
                .containsExactly(-1, -1, 0, 0, -1, -1);
        assertThat(StudySeats.all(judgments, patients).ids()).containsExactly("nurse", "patient");
    }

    @Test
    void of_twoAttributes_isEveryCellWithPeople() {
        // two nurses in Japan, a nurse in the US whose country-mate has no role, two patients in Japan
        var judgments = judgments(0, 0, 0, -1, 1, 1);
        var seats = StudySeats.of(judgments, crossed(0));
        assertThat(seats.seating().ids()).containsExactly("nurse/jp", "nurse/us", "patient/jp");
        assertThat(seats.joined()).isEmpty();
        assertThat(seats.seating().seats().getFirst().levels()).isEqualTo(Map.of("role", "nurse", "country", "jp"));
        assertThat(seats.seating().seats(judgments)).containsExactly(0, 0, 0, 0, 1, 1, -1, -1, 2, 2, 2, 2);
    }

    @Test
    void of_cellsOfTooFew_shareTheSeatOfTheirFirstLevelAndSaySo() {
        var judgments = judgments(0, 0, 0, -1, 1, 1);
        var seats = StudySeats.of(judgments, crossed(2));
        assertThat(seats.seating().ids()).containsExactly("nurse/jp", "nurse", "patient/jp");
        assertThat(seats.seating().leastPeople()).isEqualTo(2);
        assertThat(seats.seating().seats(judgments)).containsExactly(0, 0, 0, 0, 1, 1, -1, -1, 2, 2, 2, 2);
        assertThat(seats.joined())
                .hasValueSatisfying(issue -> assertThat(issue.message())
                        .contains("1 group of fewer than 2 people shares the seat of its role: nurse/us"));
        var few = StudySeats.of(judgments, crossed(3)).seating();
        assertThat(few.ids()).containsExactly("nurse", "patient");
        assertThat(Arrays.stream(few.seats(judgments)).filter(seat -> seat == 0))
                .as("all nurses, wherever they are")
                .hasSize(6);
    }

    @Test
    void of_whatTheJudgmentsLack_isRefusedNamingIt() {
        var judgments = judgments(0, 1);
        assertThatThrownBy(() -> StudySeats.of(judgments, new Seats(List.of("team"), List.of(), Map.of(), 0)))
                .hasMessageContaining("'team'")
                .hasMessageContaining("role, country");
        assertThatThrownBy(() -> StudySeats.of(judgments, new Seats(List.of("role"), List.of("nurze"), Map.of(), 0)))
                .hasMessageContaining("did you mean 'nurse'");
        assertThatThrownBy(
                        () -> StudySeats.of(judgments, new Seats(ROLE_AND_COUNTRY, List.of(), Map.of("nurse", 2.0), 0)))
                .hasMessageContaining("a weight for 'nurse'")
                .hasMessageContaining("nurse/jp");
    }
}
