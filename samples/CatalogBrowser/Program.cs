using System.CommandLine;
using CatalogBrowser;
using CCApi.Emulator;
using CCApi.Sdk;
using Samples;

// Which model, and what does it cost? Lists, filters and compares the models of the catalog. Without a key it talks to the
// emulator, which is the gateway on this machine.
var id = new Argument<string?>("model")
{
    Description = "A model to show with all that is known about it, in any spelling of its id.",
    Arity = ArgumentArity.ZeroOrOne,
};
var input = new Option<string?>("--input") { Description = "Only models that read this: text, image, audio ..." };
var output = new Option<string?>("--output") { Description = "Only models that generate this: text, image, audio ..." };
var provider = new Option<string?>("--provider") { Description = "Only models of this provider." };
var context = new Option<long?>("--context") { Description = "Only models with at least this context, in tokens." };
var tools = new Option<bool>("--tools") { Description = "Only models that call tools." };
var name = new Option<string?>("--filter") { Description = "Only models with this text in their id." };
var prompt = new Option<long?>("--prompt") { Description = "Compare a chat completion: its prompt tokens." };
var completion = new Option<long?>("--completion") { Description = "Its completion tokens. Default: 500." };
var images = new Option<long?>("--images") { Description = "Compare the generation of so many images." };
var characters = new Option<long?>("--characters") { Description = "Compare the speech of a text of so many characters." };
var explain = new Option<bool>("--explain")
{
    Description = "Show what a call of the model would send, as a curl line, and what it may cost. Sends no call of it.",
};
var file = new Option<FileInfo?>("--file") { Description = "Keep the catalog in this file, and start from it without the gateway." };

var command = new RootCommand("Browses the models of the gateway and compares what a job costs.")
{
    id, input, output, provider, context, tools, name, prompt, completion, images, characters, explain, file,
};
command.AddEnvironmentHelp();
command.SetAction(async (arguments, cancellationToken) =>
{
    try
    {
        var job = Job.From(
            arguments.GetValue(prompt), arguments.GetValue(completion), arguments.GetValue(images), arguments.GetValue(characters));
        var filter = new Filter(
            arguments.GetValue(input),
            arguments.GetValue(output),
            arguments.GetValue(provider),
            arguments.GetValue(context),
            arguments.GetValue(tools),
            arguments.GetValue(name));

        var hasKey = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CCAPI_API_KEY"));
        await using var emulator = hasKey ? null : await CCApiEmulator.StartAsync(cancellationToken: cancellationToken);
        using var client = emulator?.CreateClient() ?? CCApiClient.FromEnvironment();
        var catalog = await Snapshot.GetAsync(client.Catalog, arguments.GetValue(file), cancellationToken);

        var view = new View(catalog);
        var model = arguments.GetValue(id);
        if (arguments.GetValue(explain))
        {
            var chosen = view.Find(model ?? throw new ArgumentException("Name the model to explain: gpt-4o-mini --explain"));
            Console.Write(Explanation.Of(client, chosen, arguments.GetValue(completion), arguments.GetValue(images)));
            return 0;
        }

        return model is null ? view.List(filter, job) : view.Show(view.Find(model), job);
    }
    catch (Exception exception) when (IsForPeople(exception))
    {
        // One line that says what to do; the type and the stack trace are for programs.
        Console.Error.WriteLine(exception.Message.ReplaceLineEndings(" "));
        return 1;
    }
});

return await command.Parse(args).InvokeAsync();

static bool IsForPeople(Exception exception) =>
    exception is CCApiException or ArgumentException or IOException or InvalidDataException or UnauthorizedAccessException;
