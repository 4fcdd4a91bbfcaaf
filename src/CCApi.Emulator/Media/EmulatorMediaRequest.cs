using System;
using System.Collections.Generic;

namespace CCApi.Emulator;

/// <summary>A request for a file that a response linked to.</summary>
/// <param name="Time">When it came.</param>
/// <param name="Method">The method.</param>
/// <param name="Path">The path, without a query.</param>
/// <param name="Status">The status of the response.</param>
/// <param name="Headers">
/// The headers that came, by their names in any case. The values of those that hold secrets are replaced by <c>(hidden)</c>.
/// </param>
public sealed record EmulatorMediaRequest(
    DateTimeOffset Time, string Method, string Path, int Status, IReadOnlyDictionary<string, string> Headers);
