namespace CCApi.Emulator;

/// <summary>Why no value was found for a schema, or for one of its parts.</summary>
internal sealed class SchemaProblems
{
    /// <summary>The first keyword that the emulator does not know; null for none. It ends the search.</summary>
    public string? Unsupported { get; set; }

    /// <summary>The keyword that the last rejected value breaks; null for none.</summary>
    public string? Broken { get; set; }

    /// <summary>The keyword to report. Without any other, references that lead back to themselves leave no value.</summary>
    public string Keyword => Unsupported ?? Broken ?? "$ref";
}
