using System.Globalization;

namespace BulkFleet;

/// <summary>The arguments of a silo's process.</summary>
internal sealed record SiloSettings(int Redis, string Gateway, int SiloPort, int ClientPort, bool HasLimits, string Timings)
{
    public static SiloSettings Parse(string[] args) =>
        new(Number(args[1]), args[2], Number(args[3]), Number(args[4]), bool.Parse(args[5]), args[6]);

    public string[] ToArguments() =>
        ["silo", Text(Redis), Gateway, Text(SiloPort), Text(ClientPort), HasLimits.ToString(), Timings];

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
