using System.Collections.Generic;

namespace CCApi.Sdk.Fuzz;

/// <summary>The models of a session: the first is called, the others stand in for it.</summary>
internal static class SessionModels
{
    public static IReadOnlyList<string> All { get; } = ["m0", "m1", "m2"];
}
