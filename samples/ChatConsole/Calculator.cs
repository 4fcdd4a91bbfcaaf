using System.Globalization;

namespace ChatConsole;

/// <summary>Numbers, + - * / and parentheses.</summary>
internal ref struct Calculator
{
    // Each is a step deeper on the stack.
    private const int MostParentheses = 100;

    private readonly ReadOnlySpan<char> _text;
    private int _at;
    private int _depth;

    private Calculator(string text) => _text = text;

    /// <exception cref="ArgumentException">It is not such an expression, or has no such result; the message is for the model.</exception>
    public static decimal Evaluate(string expression)
    {
        var calculator = new Calculator(expression);
        try
        {
            var result = calculator.Sum();
            return calculator.Peek() == '\0' ? result : throw calculator.Unexpected();
        }
        catch (ArithmeticException exception)
        {
            throw new ArgumentException($"{expression} cannot be calculated: {exception.Message}", exception);
        }
    }

    private decimal Sum()
    {
        var sum = Product();
        while (true)
        {
            switch (Peek())
            {
                case '+':
                    _at++;
                    sum += Product();
                    break;
                case '-':
                    _at++;
                    sum -= Product();
                    break;
                default:
                    return sum;
            }
        }
    }

    private decimal Product()
    {
        var product = Factor();
        while (true)
        {
            switch (Peek())
            {
                case '*':
                    _at++;
                    product *= Factor();
                    break;
                case '/':
                    _at++;
                    product /= Factor();
                    break;
                default:
                    return product;
            }
        }
    }

    private decimal Factor()
    {
        switch (Peek())
        {
            case '-' when _depth++ < MostParentheses:
                _at++;
                var negative = -Factor();
                _depth--;
                return negative;
            case '(' when _depth++ < MostParentheses:
                _at++;
                var inner = Sum();
                if (Peek() != ')')
                {
                    throw Unexpected();
                }

                _at++;
                _depth--;
                return inner;
            default:
                return Number();
        }
    }

    private decimal Number()
    {
        var end = _at;
        while (end < _text.Length && (char.IsAsciiDigit(_text[end]) || _text[end] == '.'))
        {
            end++;
        }

        if (!decimal.TryParse(_text[_at..end], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
        {
            throw Unexpected();
        }

        _at = end;
        return value;
    }

    /// <summary>The next character that is not a space; NUL at the end.</summary>
    private char Peek()
    {
        while (_at < _text.Length && _text[_at] == ' ')
        {
            _at++;
        }

        return _at < _text.Length ? _text[_at] : '\0';
    }

    private readonly ArgumentException Unexpected() =>
        new($"{Where()} is not expected: write numbers, + - * / and parentheses only.");

    private readonly string Where() =>
        _at < _text.Length ? $"'{_text[_at]}' at position {_at + 1}" : "The end";
}
