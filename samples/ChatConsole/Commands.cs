using System.Globalization;
using CCApi.Sdk;
using CCApi.Sdk.Models;

namespace ChatConsole;

/// <summary>What lines that begin with a slash do.</summary>
internal sealed class Commands
{
    private const int MostModels = 30;

    private readonly Conversation _conversation;
    private readonly BuiltInTools _tools;
    private readonly ModelList _models;
    private readonly CostTracker _costs;
    private readonly Screen _screen;
    private readonly (string Name, string Arguments, string Help, Func<string, CancellationToken, Task> RunAsync)[] _all;

    public Commands(Conversation conversation, BuiltInTools tools, ModelList models, CostTracker costs, Screen screen)
    {
        _conversation = conversation;
        _tools = tools;
        _models = models;
        _costs = costs;
        _screen = screen;
        _all =
        [
            ("/model", "[id]", "show the models, or choose one; a part of its name will do", ModelAsync),
            ("/image", "file", "send an image with the next message", Now(Image)),
            ("/tools", "[on|off|name...]", "show what the model may call, or switch it on or off", Now(Tools)),
            ("/effort", "low|medium|high|off", "let models that can think do so", Now(Effort)),
            ("/cost", string.Empty, "show the tokens and credits so far, and prices", CostAsync),
            ("/budget", "[amount|off]", "limit what you spend from now on, in US dollars: /budget 0.50", Now(Budget)),
            ("/save", "file", "write the conversation into a new Markdown file", SaveAsync),
            ("/clear", string.Empty, "forget the conversation", Now(Clear)),
            ("/help", string.Empty, "show this", Now(Help)),
            ("/quit", string.Empty, "leave; so does Ctrl+D. Ctrl+C ends a response", Now(_ => IsOver = true)),
        ];
    }

    /// <summary>Whether the person wants to leave.</summary>
    public bool IsOver { get; private set; }

    /// <exception cref="ArgumentException">There is no such command, or what follows it is wrong.</exception>
    public Task RunAsync(string line, CancellationToken cancellationToken)
    {
        var end = line.IndexOf(' ', StringComparison.Ordinal) is var space and > 0 ? space : line.Length;
        var command = _all.FirstOrDefault(
            each => line.AsSpan(0, end).Equals(each.Name, StringComparison.OrdinalIgnoreCase));
        if (command.RunAsync is not { } run)
        {
            throw new ArgumentException($"There is no command {line[..end]}: /help lists those that there are.");
        }

        return run(line[end..].Trim(), cancellationToken);
    }

    private static Func<string, CancellationToken, Task> Now(Action<string> run) => (argument, _) =>
    {
        run(argument);
        return Task.CompletedTask;
    };

    private async Task ModelAsync(string name, CancellationToken cancellationToken)
    {
        if (name.Length > 0)
        {
            try
            {
                _conversation.Model = await _models.ChooseAsync(name, cancellationToken);
            }
            catch (CCApiException exception)
            {
                _conversation.Model = name;
                _screen.Error(
                    $"The catalog cannot be read, so it is not known whether there is such a model: {exception.Message}");
            }

            _screen.Note($"{_conversation.Model} responds from now on.");
            return;
        }

        var models = await _models.GetAsync(cancellationToken);
        _screen.Table(models.Take(MostModels).Select(model => new[]
        {
            model.Id == _conversation.Model ? "*" : " ", model.Id!, ModelList.Context(model), ModelList.Prices(model),
        }));

        var others = models.Count - MostModels;
        _screen.Note($"{_conversation.Model} responds.");
        if (others > 0)
        {
            _screen.Note($"There are {others} more: /model and a part of the name finds them.");
        }
    }

    private void Image(string path)
    {
        if (path.Length == 0)
        {
            throw new ArgumentException("Name an image: /image photo.jpg");
        }

        _conversation.Attach(ChatContentPart.ImageFromFile(path.Trim('"', '\'')));
        _screen.Note("The image goes with your next message.");
    }

    private void Tools(string names)
    {
        _tools.Switch(names.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        _screen.Table(_tools.All.Select(each => RowOf(each.Tool, each.IsOn)));
    }

    private static string[] RowOf(BuiltInTool tool, bool isOn)
    {
        var description = tool.TouchesFiles ? $"{tool.Description}; asks you before each call" : tool.Description;
        return [isOn ? "on " : "off", tool.Name, description];
    }

    private void Effort(string effort)
    {
        _conversation.Effort = effort switch
        {
            "low" => ReasoningEffort.Low,
            "medium" => ReasoningEffort.Medium,
            "high" => ReasoningEffort.High,
            "off" => default(ReasoningEffort?),
            _ => throw new ArgumentException("Choose the reasoning effort: /effort low, medium, high or off."),
        };

        var isOff = _conversation.Effort is null;
        _screen.Note(isOff ? "The model decides on its reasoning." : $"Requests ask for {effort} reasoning effort.");
    }

    private async Task CostAsync(string argument, CancellationToken cancellationToken)
    {
        var bill = _conversation.Bill;
        var unreported = $", {bill.Unreported} of which reported nothing and may be charged still";
        _screen.Table(
        [
            ["calls", bill.Unreported == 0 ? $"{bill.Calls}" : $"{bill.Calls}{unreported}"],
            ["tokens", $"{bill.InputTokens:#,0} in, {bill.OutputTokens:#,0} out"],
            ["credits", bill.Credits is { } credits ? $"{credits:0.########}" : "not reported"],
            ["prices", await PricesAsync(cancellationToken)],
            ["budget", _conversation.Budget?.ToString() ?? "none"],
        ]);
        _screen.Table(_costs.GetSnapshot().ByModel.Select(total => new[]
        {
            total.Name, $"{total.AmountIn():0.########} USD", total.UnknownCharges == 0 ? string.Empty : $"{total.UnknownCharges} unknown",
        }));
    }

    private void Budget(string amount)
    {
        if (amount == "off")
        {
            _conversation.Budget = null;
        }
        else if (amount.Length > 0)
        {
            _conversation.Budget = decimal.TryParse(amount, NumberStyles.Number, CultureInfo.InvariantCulture, out var limit) && limit >= 0
                ? new CCApiBudget(limit)
                : throw new ArgumentException("Set a limit in US dollars: /budget 0.50, or /budget off.");
        }

        _screen.Note(_conversation.Budget is { } budget ? $"Budget: {budget}." : "There is no budget.");
    }

    private async Task<string> PricesAsync(CancellationToken cancellationToken)
    {
        try
        {
            var model = await _models.FindAsync(_conversation.Model, cancellationToken);
            var prices = model is null ? string.Empty : ModelList.Prices(model);

            return prices.Length > 0 ? prices : "not in the catalog";
        }
        catch (CCApiException)
        {
            return "unknown: the catalog cannot be read";
        }
    }

    private async Task SaveAsync(string path, CancellationToken cancellationToken)
    {
        await Transcript.SaveAsync(_conversation, path, cancellationToken);
        _screen.Note($"Saved: {Path.GetFullPath(path)}");
    }

    private void Clear(string argument)
    {
        _conversation.Clear();
        _screen.Note("The conversation is forgotten. What it cost is not: /cost.");
    }

    private void Help(string argument) =>
        _screen.Table(_all.Select(each => new[] { $"{each.Name} {each.Arguments}".TrimEnd(), each.Help }));
}
