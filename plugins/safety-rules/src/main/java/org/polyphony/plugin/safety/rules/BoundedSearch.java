package org.polyphony.plugin.safety.rules;

import java.util.regex.Pattern;

/// Looks for a regular expression with a bound on the work.
///
/// The JDK's matcher backtracks and can take time exponential in the text. It sees the text through a sequence
/// that counts every character it reads and stops it at a number linear in the text's length. The count, unlike a
/// clock, is the same on every machine, so that a review stays repeatable. A search that is stopped has not shown
/// that the text is harmless: the caller refuses it.
final class BoundedSearch {

    private static final long READS_PER_CHARACTER = 200;
    private static final long READS_AT_LEAST = 10_000;

    private BoundedSearch() {}

    /// What a search found out.
    enum Answer {
        FOUND,
        ABSENT,
        /// Stopped by the bound, or by the depth of the matcher's recursion.
        UNDECIDED
    }

    static Answer find(Pattern pattern, String text) {
        try {
            return pattern.matcher(new Counted(text)).find() ? Answer.FOUND : Answer.ABSENT;
        } catch (TooManyReads | StackOverflowError e) {
            return Answer.UNDECIDED;
        }
    }

    private static final class TooManyReads extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooManyReads() {
            super("the search read too much", null, false, false);
        }
    }

    private static final class Counted implements CharSequence {
        private final String text;
        private long left;

        Counted(String text) {
            this.text = text;
            this.left = READS_AT_LEAST + READS_PER_CHARACTER * text.length();
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (--left < 0) {
                throw new TooManyReads();
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
