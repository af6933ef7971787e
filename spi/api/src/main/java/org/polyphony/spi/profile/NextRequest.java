package org.polyphony.spi.profile;

import java.util.Arrays;
import java.util.Optional;
import org.polyphony.spi.preference.Candidates;
import org.polyphony.spi.tensor.ElementType;
import org.polyphony.spi.tensor.Tensor;

/// Which pairs are worth asking somebody.
///
/// @param whose who is asked: an adapted person, or those that an unknown one is taken for
/// @param candidates items and their candidates, those asked about and those that matter
/// @param features FLOAT64, shape (M, D), where the profiles were fitted with features
/// @param askable UINT8, shape (M): 1 where pairs of this and another such candidate of its item may be asked
/// @param matters FLOAT64, shape (M), from 0: how much each candidate matters, such as its mass in a policy; a pair
///     matters by the product. A question is then worth what it tells of these pairs. Absent where nothing is known to
///     matter: then what it tells of the person
/// @param most how many questions to answer at most, from 1
public record NextRequest(
        Whose whose,
        Candidates candidates,
        Optional<Tensor> features,
        Tensor askable,
        Optional<Tensor> matters,
        int most) {

    public NextRequest {
        int m = candidates.ids().size();
        if (askable.type() != ElementType.UINT8
                || askable.size() != m
                || matters.map(of -> of.type() != ElementType.FLOAT64 || of.size() != m)
                        .orElse(false)) {
            throw new IllegalArgumentException("askable and matters must be UINT8[" + m + "] and FLOAT64[" + m
                    + "], got " + askable + " and " + matters);
        }
        if (most < 1) {
            throw new IllegalArgumentException("most must be at least 1, got " + most);
        }
    }

    /// Any pair of these candidates, where nothing is known to matter, without features.
    public static NextRequest of(Whose whose, Candidates candidates, int most) {
        var all = new byte[candidates.ids().size()];
        Arrays.fill(all, (byte) 1);
        return new NextRequest(
                whose, candidates, Optional.empty(), Tensor.ofBytes(all, all.length), Optional.empty(), most);
    }

    /// The same with features, where there are any.
    public NextRequest withFeatures(Optional<Tensor> known) {
        return new NextRequest(whose, candidates, known, askable, matters, most);
    }

    /// The same, of which these candidates may be asked, UINT8, shape (M).
    public NextRequest withAskable(Tensor allowed) {
        return new NextRequest(whose, candidates, features, allowed, matters, most);
    }

    /// The same, where these candidates matter, FLOAT64, shape (M).
    public NextRequest withMatters(Tensor known) {
        return new NextRequest(whose, candidates, features, askable, Optional.of(known), most);
    }
}
