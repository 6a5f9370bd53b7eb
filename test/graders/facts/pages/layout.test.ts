import { describe, expect, it } from 'vitest';
import { pageOf } from './site.ts';

describe('tables', () => {
  it('C21: tells the layout table from the data table in it, each with its own cells', async () => {
    const page = await pageOf(`<table width="1000"><tr><td><img src=a.jpg></td></tr>
      <tr><td>产品<table><tr><td>千两茶饼</td><td>198</td></tr><tr><td>茯砖茶</td><td>88</td></tr></table></td></tr>
      <tr><td>版权</td></tr></table>`);
    expect(page.tables).toMatchObject([
      { depth: 0, width: '1000', layout: true, rows: [[''], ['产品'], ['版权']] },
      {
        depth: 1,
        width: null,
        layout: false,
        rows: [
          ['千两茶饼', '198'],
          ['茯砖茶', '88'],
        ],
      },
    ]);
  });

  it('takes the width from style sheets by specificity, from inline styles first', async () => {
    const page = await pageOf(`<style>table { width: 100% } #a { width: 1000px } .b { width: 900px }
      @media print { #a { width: 5px } }</style>
      <table id=a class=b width=800><tr><td>x</table><table class=b style="width:960px"><tr><td>x</table>
      <table width=700><tr><td>x</table>`);
    expect(page.tables.map(({ width }) => width)).toEqual(['1000px', '960px', '100%']);
  });
});

describe('means of layout', () => {
  it('C22: a positioned div is a layer, any other div is not', async () => {
    const plain = await pageOf('<div>x</div><div style="color:red">x</div>');
    expect(plain.layout).toMatchObject({ layer: false, cssDiv: false, table: false, form: false });
    const layer = await pageOf(
      '<style>#apDiv1 { position:absolute; left:5px }</style><div id="apDiv1">x</div>',
    );
    expect(layer.layout.layer).toBe(true);
  });

  it('sees floats, flex boxes and widths of divs', async () => {
    for (const css of ['float:left', 'display:flex', 'width:960px']) {
      expect((await pageOf(`<style>.a{${css}}</style><div class=a>x</div>`)).layout.cssDiv).toBe(true);
    }
  });

  it('lists the widths of blocks that frame the page', async () => {
    const page = await pageOf(
      '<style>#wrap{width:960px;margin:0 auto}</style><div id=wrap><form>x</form></div>',
    );
    expect(page.widths).toMatchObject([{ element: 'div', width: '960px', span: { line: 1 } }]);
    expect(page.layout.form).toBe(true);
  });
});
