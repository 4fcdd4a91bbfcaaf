using System.Collections.Generic;
using System.Text.Json;

namespace CCApi.Sdk;

/// <summary>A place in a model's JSON where prices stand.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Element">Its JSON; where the prices are members of the model itself, the first of them.</param>
/// <param name="Beside">The members beside it, which may state a currency or a unit.</param>
/// <param name="Members">The prices that are members; null when the element holds everything.</param>
internal readonly record struct PriceSource(
    string Path,
    JsonElement Element,
    IEnumerable<KeyValuePair<string, JsonElement>> Beside,
    IReadOnlyList<KeyValuePair<string, JsonElement>>? Members = null);
