const find = (id) => document.getElementById(id);

async function ask(path, form) {
  const body = JSON.stringify(Object.fromEntries(new FormData(form)));
  const response = await fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
  if (!response.ok) throw new Error(await response.text());
  return response;
}

// EventSource can only GET and cannot read an error's text, so the few lines of the format are read here.
async function* events(response) {
  let rest = '';
  for await (const part of response.body.pipeThrough(new TextDecoderStream())) {
    const blocks = (rest + part).split('\n\n');
    rest = blocks.pop();
    for (const block of blocks) {
      yield block.split('\n').filter((line) => line.startsWith('data:')).map((line) => line.replace(/^data: ?/, '')).join('\n');
    }
  }
}

function onSubmit(form, problem, run) {
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const button = form.querySelector('button');
    button.disabled = true;
    problem.textContent = '';
    try {
      await run();
    } catch (error) {
      problem.textContent = error.message;
    } finally {
      button.disabled = false;
    }
  });
}

onSubmit(find('chat'), find('chat-problem'), async () => {
  find('response').textContent = '';
  for await (const text of events(await ask('chat', find('chat')))) {
    find('response').textContent += text;
  }
});

onSubmit(find('paint'), find('paint-problem'), async () => {
  find('image').hidden = true;
  find('progress').textContent = 'Starting ...';
  try {
    const { id } = await (await ask('images', find('paint'))).json();
    find('progress').textContent = `${id} was started; waiting for its webhook ...`;
    const { image, problem } = await (await fetch(`images/${encodeURIComponent(id)}`)).json();
    if (problem) throw new Error(problem);
    find('image').src = image;
    find('image').alt = find('paint').elements.prompt.value;
    find('image').hidden = false;
  } finally {
    find('progress').textContent = '';
  }
});
