using System;

namespace CCApi.Sdk.Bulk;

/// <summary>One piece of input: an item, or why there is none.</summary>
/// <param name="Item">The item; null when a line could not be read.</param>
/// <param name="Line">The line of the file; null for other input.</param>
/// <param name="Id">The id, as far as it is known.</param>
/// <param name="Error">What is wrong with the line; null for an item.</param>
internal sealed record InputItem(BulkItem? Item, int? Line = null, string Id = "", Exception? Error = null);
