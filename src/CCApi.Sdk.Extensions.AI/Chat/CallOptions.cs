using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace CCApi.Sdk.Extensions.AI;

/// <summary>What the additional properties of options hold: members of the request, and settings of the call.</summary>
internal static class CallOptions
{
    /// <summary>
    /// The user of the abstraction instruments it, so the core must not report the same call again as a gen_ai operation.
    /// </summary>
    private static readonly CCApiRequestOptions _default = new() { IsInstrumentedByCaller = true };

    /// <summary>The settings of the call: a value of type <see cref="CCApiRequestOptions"/>, under any name.</summary>
    /// <remarks>
    /// One object of options serves a whole conversation here, as that of a tools loop: each request gets the idempotency key
    /// with a number of its own.
    /// </remarks>
    public static CCApiRequestOptions Of(AdditionalPropertiesDictionary? properties)
    {
        var own = properties?.Values.OfType<CCApiRequestOptions>().FirstOrDefault();
        if (own is null)
        {
            return _default;
        }

        var copy = own.Clone();
        copy.IsInstrumentedByCaller = true;
        copy.NumbersIdempotencyKeys = true;
        return copy;
    }

    /// <summary>Adds the other properties to the unknown members of a request, whose own members win.</summary>
    /// <param name="members">The unknown members so far; not changed.</param>
    /// <param name="properties">The additional properties.</param>
    /// <param name="except">A name that is not sent.</param>
    public static IDictionary<string, JsonElement>? AddTo(
        IDictionary<string, JsonElement>? members, AdditionalPropertiesDictionary? properties, params string[] except)
    {
        if (properties is not { Count: > 0 })
        {
            return members;
        }

        var all = members is null ? [] : new Dictionary<string, JsonElement>(members);
        foreach (var property in properties)
        {
            var isSetting = property.Value is CCApiRequestOptions || except.Contains(property.Key);
            if (!isSetting && !all.ContainsKey(property.Key))
            {
                all[property.Key] = WireJson.ToElement(property.Value, $"The additional property {property.Key}");
            }
        }

        return all.Count > 0 ? all : null;
    }
}
