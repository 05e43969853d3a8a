// What the server cannot do: times that tick, keys, the theme, and knowing what was on the screen.
(() => {
  'use strict';

  const ticking = new Set();
  const dateTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

  const ago = (seconds) => {
    if (seconds < 45) return 'just now';
    if (seconds < 3600) return `${Math.max(1, Math.round(seconds / 60))} min ago`;
    if (seconds < 86400) return `${Math.round(seconds / 3600)} h ago`;
    const days = Math.round(seconds / 86400);
    return days === 1 ? 'yesterday' : `${days} days ago`;
  };

  const left = (seconds) => {
    if (seconds <= 0) return 'now';
    const whole = Math.ceil(seconds);
    const h = Math.floor(whole / 3600);
    const m = Math.floor((whole % 3600) / 60);
    const two = (n) => String(n).padStart(2, '0');
    return h > 0 ? `${h}:${two(m)}:${two(whole % 60)}` : `${m}:${two(whole % 60)}`;
  };

  class Time extends HTMLElement {
    static observedAttributes = ['datetime', 'mode', 'now'];
    connectedCallback() {
      ticking.add(this);
      this.draw();
    }
    disconnectedCallback() {
      ticking.delete(this);
    }
    attributeChangedCallback(name, before, value) {
      if (name === 'now') this.ahead = Date.now() - Date.parse(value);
      if (this.isConnected) this.draw();
    }
    draw() {
      const at = Date.parse(this.getAttribute('datetime'));
      if (Number.isNaN(at)) return;
      const now = Date.now() - (this.ahead || 0);
      const mode = this.getAttribute('mode');
      const text = mode === 'until' ? left((at - now) / 1000)
        : mode === 'since' ? ago((now - at) / 1000)
          : dateTime.format(at);
      if (this.textContent !== text) this.textContent = text;
      if (!this.title) this.title = `${dateTime.format(at)} (${new Date(at).toISOString()})`;
      this.toggleAttribute('soon', mode === 'until' && at - now < 120000);
    }
  }
  setInterval(() => ticking.forEach((time) => time.draw()), 1000);

  // Tells when its end was really on the screen, not behind a fold of the page or of a box around it.
  class Command extends HTMLElement {
    static observedAttributes = ['watch'];
    connectedCallback() {
      this.start();
    }
    attributeChangedCallback() {
      if (this.isConnected) this.start();
    }
    start() {
      if (this.check || !this.hasAttribute('watch') || this.hasAttribute('read')) return;
      this.check = () => {
        if (!this.frame) this.frame = requestAnimationFrame(() => this.look());
      };
      this.resized = new ResizeObserver(this.check);
      this.resized.observe(this);
      for (const event of ['scroll', 'resize']) addEventListener(event, this.check, { capture: true, passive: true });
      document.addEventListener('visibilitychange', this.check);
      this.check();
    }
    disconnectedCallback() {
      this.stop();
    }
    stop() {
      if (!this.check) return;
      this.resized.disconnect();
      for (const event of ['scroll', 'resize']) removeEventListener(event, this.check, { capture: true });
      document.removeEventListener('visibilitychange', this.check);
      this.check = null;
    }
    look() {
      this.frame = 0;
      if (!this.check || document.hidden || !this.textContent || this.scrollHeight === 0) return;
      const box = this.getBoundingClientRect();
      const origin = box.top + this.clientTop - this.scrollTop;
      let top = Math.max(0, box.top);
      let bottom = Math.min(innerHeight, box.bottom);
      for (let around = this.parentElement; around; around = around.parentElement) {
        if (![document.body, document.documentElement].includes(around)
          && getComputedStyle(around).overflowY !== 'visible') {
          const limits = around.getBoundingClientRect();
          top = Math.max(top, limits.top);
          bottom = Math.min(bottom, limits.bottom);
        }
      }
      const end = this.scrollHeight - parseFloat(getComputedStyle(this).paddingBottom) - 2;
      if (bottom > top && bottom - origin >= end) {
        this.stop();
        this.setAttribute('read', '');
        this.dispatchEvent(new CustomEvent('cs-read'));
      }
    }
  }

  const typing = (event) => event.composedPath().some((at) => at instanceof HTMLElement
    && (at.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(at.tagName)));

  class Keys extends HTMLElement {
    connectedCallback() {
      this.listener = (event) => {
        if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || typing(event)) return;
        const key = event.key.toLowerCase();
        if (key.length !== 1 || !this.getAttribute('keys').includes(key)) return;
        event.preventDefault();
        this.dispatchEvent(new CustomEvent('cs-key', { detail: { key } }));
      };
      document.addEventListener('keydown', this.listener);
    }
    disconnectedCallback() {
      document.removeEventListener('keydown', this.listener);
    }
  }

  const dark = matchMedia('(prefers-color-scheme: dark)');
  const current = () => document.documentElement.dataset.theme || (dark.matches ? 'dark' : 'light');

  class Theme extends HTMLElement {
    connectedCallback() {
      if (!this.button) {
        this.button = document.createElement('button');
        this.button.type = 'button';
        this.button.className = 'quiet';
        this.button.id = 'theme';
        this.button.addEventListener('click', () => {
          const next = current() === 'dark' ? 'light' : 'dark';
          localStorage.setItem('countersign.theme', next);
          document.documentElement.dataset.theme = next;
          document.documentElement.style.colorScheme = next;
          this.draw();
        });
        this.append(this.button);
        dark.addEventListener('change', () => this.draw());
      }
      this.draw();
    }
    draw() {
      const other = current() === 'dark' ? 'Light' : 'Dark';
      const shape = other === 'Light'
        ? '<circle cx="12" cy="12" r="4"/><path d="M12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6 7 7M17 17l1.4 1.4M18.4 5.6 17 7M7 17l-1.4 1.4"/>'
        : '<path d="M19.5 14.2A8 8 0 0 1 9.8 4.5a8 8 0 1 0 9.7 9.7z"/>';
      this.button.innerHTML = `<svg class="symbol" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${shape}</svg><span>${other} theme</span>`;
    }
  }

  customElements.define('cs-time', Time);
  customElements.define('cs-command', Command);
  customElements.define('cs-keys', Keys);
  customElements.define('cs-theme', Theme);
})();

// A page whose sign-in has ended signs in again. Flow's client stays silent about it while it tries to get its push back.
(() => {
  const send = XMLHttpRequest.prototype.send;
  XMLHttpRequest.prototype.send = function (...body) {
    this.addEventListener('load', () => {
      const text = this.responseType === '' || this.responseType === 'text' ? this.responseText : '';
      if (text.startsWith('for(;;);[{"meta":{"sessionExpired":true')) {
        location.reload();
      }
    });
    return send.apply(this, body);
  };
})();
