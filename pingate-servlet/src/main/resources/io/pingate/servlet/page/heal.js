(d => {
  const w = window, gate = GATE_PATH, words = WORDS, { origin, host } = location, here = origin + '/', form = origin + gate;
  const popup = form + '?next=' + encodeURIComponent(gate + '?healed'), told = 'pingate-ended' + gate;
  const load = w.fetch.bind(w), X = XMLHttpRequest;
  const on = (target, type, f) => target.addEventListener(type, f);
  let bar, due, next = 0;
  const ask = () => load(form, { method: 'HEAD', cache: 'no-store' }).then(r => r.headers.get('X-Pingate'), () => '');
  const suspect = () => {
    if (bar || due) return;
    due = setTimeout(async () => {
      next = Date.now() + 3000;
      const state = await ask();
      due = 0;
      if (state === 'sign-in') show();
    }, Math.max(0, next - Date.now()));
  };
  const isEnd = (status, mark) => status === 401 && mark() === 'sign-in' && suspect();
  const language = () => [d.documentElement.lang, ...navigator.languages].map(tag => {
    const base = tag.split('-')[0].toLowerCase();
    return base !== 'zh' ? base : /hant|tw|hk|mo/i.test(tag) ? 'zh-Hant' : 'zh-Hans';
  }).find(tag => words[tag]) || 'en';
  const make = (parent, name, css) => {
    const made = parent.appendChild(d.createElement(name));
    made.style.cssText = css;
    return made;
  };
  const show = () => {
    if (bar) return;
    try {
      if (w.top !== w && !w.top.dispatchEvent(new Event(told, { cancelable: true }))) return;
    } catch (e) {}
    let popped, before;
    bar = make(d.documentElement, 'div', 'all:initial;position:fixed;inset:auto 0 0;z-index:2147483647');
    const box = make(bar.attachShadow({ mode: 'open' }), 'div', 'display:flex;flex-wrap:wrap;gap:8px 20px;' +
      'justify-content:center;align-items:center;padding:12px;font:16px/1.4 system-ui,sans-serif;background:#172033;' +
      'color:#fff;border-top:2px solid #8ab4ff');
    const tag = language();
    box.setAttribute('role', 'alert');
    box.lang = tag;
    box.dir = tag === 'ar' ? 'rtl' : 'ltr';
    make(box, 'span', '').textContent = words[tag][0];
    const link = make(box, 'a', 'padding:8px 20px;border-radius:8px;background:#8ab4ff;color:#0b1220;' +
      'font-weight:600;text-decoration:none;border:1px solid transparent');
    link.textContent = words[tag][1];
    link.href = popup;
    link.target = told;
    on(link, 'mousedown', e => e.preventDefault());
    on(link, 'click', e => {
      popped = w.open(popup, told, 'popup,width=460,height=640');
      if (popped) e.preventDefault();
    });
    on(bar, 'focusin', e => (before = e.relatedTarget || before));
    const check = async () => {
      if (bar && !bar.isConnected) d.documentElement.append(bar);
      if (d.hidden || await ask() !== 'signed-in' || !bar) return;
      clearInterval(timer);
      w.removeEventListener('focus', check);
      if (channel) channel.close();
      if (popped) popped.close();
      const held = d.activeElement === bar;
      bar.remove();
      bar = 0;
      if (held && before) before.focus();
    };
    const timer = setInterval(check, 3000), channel = w.BroadcastChannel && new BroadcastChannel('pingate' + gate);
    on(w, 'focus', check);
    if (channel) channel.onmessage = check;
  };
  on(w, told, e => {
    e.preventDefault();
    show();
  });
  w.fetch = new Proxy(w.fetch, {
    apply: (call, self, args) => Reflect.apply(call, self, args).then(r => {
      isEnd(r.status, () => r.headers.get('X-Pingate'));
      return r;
    }),
  });
  const seen = ({ target: x }) => x.responseURL.startsWith(here) && isEnd(x.status, () => x.getResponseHeader('X-Pingate'));
  const xhr = X.prototype;
  xhr.send = new Proxy(xhr.send, {
    apply: (call, x, args) => {
      if (x instanceof X) on(x, 'loadend', seen);
      return Reflect.apply(call, x, args);
    },
  });
  const watch = (name, type, isOver) => {
    const plain = w[name];
    w[name] = plain.prototype.constructor = new Proxy(plain, {
      construct: (target, args, as) => {
        const made = Reflect.construct(target, args, as);
        on(made, type, e => new URL(made.url).host === host && isOver(e, made) && suspect());
        return made;
      },
    });
  };
  watch('EventSource', 'error', (e, source) => source.readyState === 2);
  watch('WebSocket', 'close', e => e.code === 1006 || e.code === 1001);
  const manifests = () => d.querySelectorAll('link[rel~=manifest i]').forEach(link => {
    if (link.href.startsWith(here)) link.crossOrigin = 'use-credentials';
  });
  manifests();
  on(d, 'DOMContentLoaded', manifests);
})(document);
