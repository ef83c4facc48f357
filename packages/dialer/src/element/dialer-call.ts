// For other pages: turns `<dialer-call number="+49 30 23125 000">Call</dialer-call>` into a link that hands the number to
// the dialer of this machine. It holds no credentials, and dials nothing: the number is filled in there.
const DIALER = "http://127.0.0.1:8778";

class DialerCall extends HTMLElement {
  connectedCallback(): void {
    const number = this.getAttribute("number") ?? this.textContent ?? "";
    const link = document.createElement("a");
    link.href = `${this.getAttribute("dialer") ?? DIALER}/#tel=${encodeURIComponent(number)}`;
    link.target = "sipgate-dialer";
    // A window that knows its opener could be sent elsewhere by it.
    link.rel = "noreferrer";
    link.append(...this.childNodes);
    if (link.textContent === "") link.textContent = number;
    this.append(link);
  }
}

if (customElements.get("dialer-call") === undefined) customElements.define("dialer-call", DialerCall);
