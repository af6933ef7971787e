package org.polyphony.trust;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/// Letters that look like other letters, and signs that stand for letters.
///
/// A small table in the manner of Unicode UTS 39 ("skeletons"): it need not be complete or linguistically right,
/// only the same for constraints and texts. Lower case; compatibility variants are not here, NFKD removes them
/// before. Because 1, !, | and I all stand for l or i, those two are one letter here, written i.
final class Confusables {

    private static final String SIGNS = "@$!|€";

    private static final String LATIN = """
            li 0o 1i 3e 4a 5s 7t 8b @a $s !i |i €e
            ıi øo đd ħh ŧt łi ɑa ɡg ɩi ɪi ʀr ɴn ʟi ʜh ʙb ɢg ʏy ƅb ƙk ɓb ɗd ɠg
            ᴀa ᴄc ᴅd ᴇe ᴊj ᴋk ᴍm ᴏo ᴘp ᴛt ᴜu ᴠv ᴡw ᴢz ꜰf ꜱs
            """;
    private static final String CYRILLIC = """
            аa вb еe кk мm нh оo рp сc тt уy хx іi јj ѕs ԁd ԛq ԝw һh ӏi ьb гr пn зe
            """;
    private static final String GREEK = """
            αa βb γy εe ζz ηn ιi κk μu νv οo ρp σo τt υu χx ωw
            """;
    private static final String OTHERS = """
            օo սu հh ոn ցg զq յj
            ꭺa ꭼe ꮋh ꮇm ꮲp ꭱr ꮪs ꭲt ꮤw ꮓz ꮯc ꭻj ꮶk ꮮi
            """;

    private static final Map<Integer, String> FOLDED = table();

    /// Of ASCII, because most texts are.
    private static final String[] PLAIN = new String[128];

    static {
        for (int c = 0; c < PLAIN.length; c++) {
            PLAIN[c] = FOLDED.getOrDefault(c, Character.toString(c));
        }
    }

    private Confusables() {}

    /// What a lower-case character looks like; the character itself if it looks like nothing else.
    static String fold(int c) {
        if (c < PLAIN.length) {
            return PLAIN[c];
        }
        String folded = FOLDED.get(c);
        return folded == null ? Character.toString(c) : folded;
    }

    /// Whether a character that is no letter is used as one.
    static boolean isSign(int c) {
        return SIGNS.indexOf(c) >= 0;
    }

    private static Map<Integer, String> table() {
        var table = new HashMap<Integer, String>();
        for (String letters : new String[] {LATIN, CYRILLIC, GREEK, OTHERS}) {
            for (String pair : letters.strip().split("\\s+", -1)) {
                int from = pair.codePointAt(0);
                table.put(from, pair.substring(Character.charCount(from)));
            }
        }
        table.put((int) 'æ', "ae");
        table.put((int) 'œ', "oe");
        table.put((int) 'ß', "s");
        table.put((int) 'þ', "th");
        table.put((int) 'ð', "d");
        return Collections.unmodifiableMap(table);
    }
}
