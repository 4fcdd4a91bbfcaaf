namespace SpeakFile;

/// <summary>What is spoken when no file is given, in pieces so short that there are several.</summary>
internal static class DemoText
{
    public const int Piece = 400;

    public const string Value = """
        Welcome. This text came with the sample, and it is long enough to need more than one call.

        A gateway takes only so many characters at once. The sample therefore cuts a long text where a reader would take
        a breath: between two paragraphs if there is a gap at a good place, else between two sentences, else between two
        words. Nothing is lost, and nothing is said twice.

        Each piece becomes a file of its own, with a number. The files are not glued together, because only some formats
        can be, and then not by everybody. Instead there is a list that players open, which plays one after the other.

        That was all. Give it a text of your own, and it will read to you.
        """;
}
