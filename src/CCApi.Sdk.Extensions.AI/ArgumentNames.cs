namespace CCApi.Sdk.Extensions.AI;

/// <summary>
/// The arguments of the interfaces' methods, which errors blame. Not constants, because the methods that throw have other ones
/// (CA2208).
/// </summary>
internal static class ArgumentNames
{
    public static string Messages => "messages";

    public static string Options => "options";

    public static string Request => "request";
}
