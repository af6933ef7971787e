package org.polyphony.plugin.source.naming;

/// The byte order of UTF-8, which is the order of code points and not that of Java's `compareTo`.
public final class ByteOrder {

    private ByteOrder() {}

    /// Negative, zero or positive as `a` comes before, is, or comes after `b`.
    public static int compare(String a, String b) {
        int shared = Math.min(a.length(), b.length());
        for (int i = 0; i < shared; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                // surrogates stand for code points above all others, but sort below U+E000 … U+FFFF as chars
                boolean bothOrNeither = Character.isSurrogate(x) == Character.isSurrogate(y);
                return bothOrNeither ? x - y : Character.isSurrogate(x) ? 1 : -1;
            }
        }
        return a.length() - b.length();
    }
}
