namespace CCApi.Sdk.Fuzz;

/// <summary>What follows the last byte of a body.</summary>
internal enum ReplyEnd
{
    Complete = 0,
    Reset,
    Silence,
}
