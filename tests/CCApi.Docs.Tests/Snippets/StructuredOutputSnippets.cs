using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Text.Json.Serialization;
using System.Threading.Tasks;
using CCApi.Emulator;
using CCApi.Sdk;
using Xunit;

namespace CCApi.Docs.Tests.Snippets;

/// <summary>The code of docs/structured-output.md.</summary>
public class StructuredOutputSnippets
{
    [Fact]
    public async Task Recipe_OfAModel_IsAnObject()
    {
        await using var emulator = await CCApiEmulator.StartAsync();
        using var client = emulator.CreateClient();

        #region CALL
        var recipe = await client.Chat.CompleteAsync("openai/gpt-4o-mini", "A recipe for waffles.", RecipeJson.Default.Recipe);
        Console.WriteLine($"{recipe.Value.Name}: {recipe.Value.Minutes} minutes, {recipe.Value.Ingredients.Count} ingredients, {recipe.Cost}");
        #endregion

        Assert.NotEmpty(recipe.Value.Name);
    }

    [Fact]
    public async Task Errors_OfStructuredOutput_HaveTheReason()
    {
        await using var emulator = await CCApiEmulator.StartAsync();
        emulator.Script.WhenChat().Reply("I would rather not.");
        using var client = emulator.CreateClient();

        #region ERRORS
        try
        {
            await client.Chat.CompleteAsync("openai/gpt-4o-mini", "A recipe for waffles.", RecipeJson.Default.Recipe);
        }
        catch (ChatStructuredOutputException exception)
        {
            Console.WriteLine($"{exception.Fault}: {exception.Message} ({exception.Responses.Count} responses, {exception.Cost})");
        }
        #endregion

        Assert.StartsWith("Unreadable: ", Console.Text, StringComparison.Ordinal);
    }
}

#region CALL
public sealed record Recipe(
    string Name,
    [property: Description("Preparation and cooking")] int Minutes,
    IReadOnlyList<string> Ingredients);

[JsonSerializable(typeof(Recipe))]
public sealed partial class RecipeJson : JsonSerializerContext;
#endregion
