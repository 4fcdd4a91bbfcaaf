using System.Collections.Generic;
using System.Text.Json;

namespace CCApi.Sdk.Json;

/// <summary>A JSON object that keeps the members that the contract does not know.</summary>
internal interface IUnknownMembers
{
    IDictionary<string, JsonElement>? AdditionalProperties { get; }
}
